import { emojiOf } from "../one-emoji";

/** The most common shortcodes. The emoji picker has the rest. */
export const shortcodes: Record<string, string> = Object.fromEntries(
  (
    "+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 tada 🎉 heart ❤️ smile 😄 smiley 😃 grin 😁 joy 😂 rofl 🤣 slightly_smiling_face 🙂 wink 😉 blush 😊 " +
    "heart_eyes 😍 kissing_heart 😘 thinking 🤔 neutral_face 😐 expressionless 😑 rolling_eyes 🙄 smirk 😏 sweat_smile 😅 sweat 😓 sob 😭 cry 😢 " +
    "confused 😕 worried 😟 scream 😱 fearful 😨 angry 😠 rage 😡 sleepy 😪 sleeping 😴 sunglasses 😎 nerd_face 🤓 exploding_head 🤯 facepalm 🤦 shrug 🤷 " +
    "upside_down_face 🙃 melting_face 🫠 saluting_face 🫡 hugs 🤗 zany_face 🤪 partying_face 🥳 pleading_face 🥺 clap 👏 wave 👋 raised_hands 🙌 pray 🙏 " +
    "muscle 💪 ok_hand 👌 point_up ☝️ point_right 👉 point_left 👈 point_down 👇 handshake 🤝 v ✌️ crossed_fingers 🤞 eyes 👀 brain 🧠 fire 🔥 100 💯 " +
    "rocket 🚀 ship 🚢 star ⭐ sparkles ✨ zap ⚡ boom 💥 bulb 💡 bug 🐛 warning ⚠️ no_entry ⛔ x ❌ white_check_mark ✅ heavy_check_mark ✔️ question ❓ " +
    "exclamation ❗ construction 🚧 lock 🔒 key 🔑 hammer 🔨 wrench 🔧 gear ⚙️ mag 🔍 link 🔗 pushpin 📌 memo 📝 calendar 📅 clock 🕐 hourglass ⏳ " +
    "chart_with_upwards_trend 📈 email 📧 bell 🔔 loudspeaker 📢 coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine_glass 🍷 pizza 🍕 cake 🍰 birthday 🎂 gift 🎁 " +
    "trophy 🏆 medal 🏅 checkered_flag 🏁 dart 🎯 art 🎨 musical_note 🎵 sun ☀️ rainbow 🌈 cloud ☁️ snowflake ❄️ umbrella ☔ earth_africa 🌍 cat 🐱 dog 🐶 " +
    "unicorn 🦄 penguin 🐧 turtle 🐢 crab 🦀 snake 🐍 owl 🦉 see_no_evil 🙈 skull 💀 ghost 👻 robot 🤖 poop 💩 broken_heart 💔 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜"
  )
    .split(" ")
    .flatMap((word, at, all) => (at % 2 === 0 ? [[word, all[at + 1] ?? ""]] : [])),
);

/** Whether a text is one to three emoji and nothing else. Such a message is shown large. */
export function isOnlyEmoji(text: string): boolean {
  return (emojiOf(text, 3)?.length ?? 0) > 0;
}
