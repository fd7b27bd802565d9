import type english from "../../../resources/languages/kiosk/en.json";
import type { MessageKey, Translate } from "../../i18n/messages.ts";

export type KioskMessages = typeof english;

export type KioskTranslate = Translate<KioskMessages>;

export type KioskMessageKey = MessageKey<KioskMessages>;
