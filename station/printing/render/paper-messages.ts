import { join } from "node:path";
import type { Language } from "../../../protocol/model/language.ts";
import { readTexts } from "../../read-texts.ts";

/** The texts on the paper that are not from the catalogue. `count` selects the plural by Intl.PluralRules. */
export interface PaperMessages {
	ahead(count: number): string;
	party(count: number): string;
	/** `time` as "10:30". */
	appointment(time: string): string;
	wait: string;
	bring: string;
	advice: string;
	missed: string;
	follow: string;
	reprint: string;
	offline: string;
	/** For printers without a cutter. */
	tearOff: string;
}

/**
 * Reads `ticket/<language>.json` (i18next's JSON format 4). Throws if the file cannot be read or lacks
 * a text: an error that is seen at once is better than a ticket with a hole in it.
 */
export function loadPaperMessages(languagesDirectory: string, language: Language): PaperMessages {
	const path = join(languagesDirectory, "ticket", `${language}.json`);
	const { t, texts } = readTexts(path, language);
	const plain = (key: string) => {
		const text = texts[key];
		if (!text) throw new Error(`${path} has no "${key}"`);
		return text;
	};
	const counted = (key: string) => {
		for (const category of new Intl.PluralRules(language).resolvedOptions().pluralCategories)
			plain(`${key}_${category}`);
		return (count: number) => t(key, { count });
	};
	return {
		ahead: counted("ahead"),
		party: counted("party"),
		appointment: (time) => plain("appointment").replace("{{time}}", time),
		wait: plain("wait"),
		bring: plain("bring"),
		advice: plain("advice"),
		missed: plain("missed"),
		follow: plain("follow"),
		reprint: plain("reprint"),
		offline: plain("offline"),
		tearOff: plain("tearOff"),
	};
}
