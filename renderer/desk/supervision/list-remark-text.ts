import type { ListRemark } from "../../../protocol/model/visit.ts";
import english from "../../../resources/languages/list-remarks/en.json" with { type: "json" };
import chinese from "../../../resources/languages/list-remarks/zh-Hans.json" with { type: "json" };
import { createMessages, type MessageKey, type Translate } from "../../i18n/messages.ts";
import type { StaffLanguage } from "../../i18n/staff-languages.ts";

type File = typeof english;

const files = createMessages(english, chinese);

/** A remark on a list as the screen says it. `place` is empty where it is said of the whole file. */
export interface RemarkText {
	place: string;
	what: string;
}

/** A remark in the screen's language; in the station's own English where a newer station has a code of its own. */
export function remarkText({ place, what, where, code, data }: ListRemark, language: StaffLanguage): RemarkText {
	const t = files.t(language);
	return {
		place: where === null ? place : placeText(where, t),
		what: isKnown(code) ? t(code, inWords(data, t)) : what,
	};
}

/** The station names columns as the command line does; the screen has words for them. */
function inWords(data: ListRemark["data"], t: Translate<File>): ListRemark["data"] {
	const worded = ["missing", "field", "delimiter"].flatMap((name) => {
		const value = data[name];
		if (typeof value !== "string") return [];
		const words = value.split(", ").map((one) => {
			const key: string = `field_${one}`;
			return isKnown(key) ? t(key) : one;
		});
		return [[name, words.join(t("field_comma"))]];
	});
	return { ...data, ...Object.fromEntries(worded) };
}

const isKnown = (code: string): code is MessageKey<File> => Object.hasOwn(english, code);

function placeText({ line, event, uid, column }: NonNullable<ListRemark["where"]>, t: Translate<File>): string {
	if (event === undefined) return column === undefined ? t("placeLine", { line }) : t("placeColumn", { line, column });
	const place = uid ? t("placeEventUid", { line, event, uid }) : t("placeEvent", { line, event });
	return column === undefined ? place : t("placeProperty", { place, property: column });
}
