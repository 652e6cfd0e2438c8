// The menus of the sidebar's list, fetched when one of them first opens.
export { RoomMenuItems } from "./room-menu";
export { SectionMenuItems } from "./section-menu";
