import { directionOf, type Language } from "../../protocol/model/language.ts";

/** First strong isolate and pop directional isolate. */
const [ISOLATE, END] = ["\u2068", "\u2069"];

/** Isolates a value (a number, code or time) in right-to-left text, like <bdi>, so that its direction cannot mix with the sentence's. */
export function isolate(language: Language, value: string | number): string {
	return directionOf(language) === "rtl" ? `${ISOLATE}${value}${END}` : String(value);
}
