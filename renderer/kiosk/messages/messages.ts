import type english from "../../../resources/languages/kiosk/en.json";
import type { Say, WordKey } from "../../i18n/messages.ts";

export type KioskWords = typeof english;

export type KioskSay = Say<KioskWords>;

export type KioskWordKey = WordKey<KioskWords>;
