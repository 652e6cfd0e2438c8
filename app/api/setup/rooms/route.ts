import addRooms from "@/lib/domain/organization/add-rooms";
import { rest } from "@/lib/server/rest";

export const POST = rest(addRooms);
