// A member of a room of ejabberd: XMPP over TCP, parsed only as far as needed.
import { connect } from "node:net";
import { idIn, textOf } from "../generator/text.mjs";

export const HOST = "localhost";
const OPEN = `<stream:stream to='${HOST}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`;
const BIND = "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
const NAME = /^<([\w:]+)/;

export async function open(member, ledger) {
  const { room, port, name, password } = member;
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true).setEncoding("latin1");
  let closing = false;
  let onStanza = () => {};
  socket.on("error", (error) => closing || ledger.fault(`A member lost the connection: ${error.message}.`));
  socket.on("close", () => closing || ledger.fault("A member lost the connection."));
  readStanzas(socket, (stanza) => onStanza(stanza));

  /** Writes, and waits for the first stanza that matches the pattern. */
  const exchange = (words, pattern) =>
    new Promise((resolve, reject) => {
      onStanza = (stanza) => {
        if (pattern.test(stanza)) resolve();
        else if (/^<(failure|stream:error)|type='error'/.test(stanza)) reject(new Error(stanza));
      };
      socket.write(words);
    });
  await exchange(OPEN, /^<stream:features/);
  const proof = Buffer.from(`\0${name}\0${password}`).toString("base64");
  await exchange(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${proof}</auth>`, /^<success/);
  await exchange(OPEN, /^<stream:features/);
  await exchange(BIND, /id='bind'/);
  const join = `<presence to='${room.id}/${name}'><x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>`;
  await exchange(`<presence/>${join}`, /^<presence.*<status code='110'/s);

  onStanza = (stanza) => {
    if (!stanza.startsWith("<message")) return;
    const body = stanza.indexOf("<body>");
    if (body < 0) return; // the room's subject
    const id = idIn(stanza.slice(body + "<body>".length, body + "<body>".length + 36));
    const isOwn = stanza.includes(`from='${room.id}/${name}'`);
    const place = member.at;
    const previous = room.recent[0];
    const batch =
      previous?.at === place && room.log[place] === id
        ? previous
        : ledger.batch(room, place, place + 1, [{ place, id }]);
    room.recent[0] = batch;
    if (isOwn) ledger.acknowledged(id); // the sender's copy is the acknowledgement: the room archives a message before sending it
    ledger.receive(member, batch);
  };
  return {
    send: (id) =>
      socket.write(`<message to='${room.id}' type='groupchat' id='${id}'><body>${textOf(id)}</body></message>`),
    close() {
      closing = true;
      socket.destroy();
    },
  };
}

/** Calls `onStanza` with each complete stanza. These bodies contain no markup, so a stanza ends at its closing tag. */
function readStanzas(socket, onStanza) {
  let rest = "";
  socket.on("data", (chunk) => {
    rest += chunk;
    let at = 0;
    while (true) {
      const start = rest.indexOf("<", at);
      if (start < 0) break;
      const end = endOf(rest, start);
      if (end < 0) break;
      onStanza(rest.slice(start, end));
      at = end;
    }
    rest = rest.slice(at);
  });
}

/** The end of the stanza that begins at `start`, or -1 if it is not complete yet. */
function endOf(text, start) {
  const close = text.indexOf(">", start);
  if (close < 0) return -1;
  const name = NAME.exec(text.slice(start, start + 32))?.[1];
  // The XML declaration, the stream (which stays open) and self-closing stanzas end with their first tag.
  if (name === undefined || name === "stream:stream" || text[close - 1] === "/") return close + 1;
  const end = text.indexOf(`</${name}>`, close);
  return end < 0 ? -1 : end + name.length + 3;
}

/** The messages archived of a room from this place on, in the archive's order. */
export async function stored(client, room, place) {
  const text = "SELECT txt FROM archive WHERE username = $1 AND kind = 'groupchat' ORDER BY id OFFSET $2";
  return (await client.query(text, [room.id, place])).rows.map(({ txt }, at) => ({ place: place + at, id: idIn(txt) }));
}
