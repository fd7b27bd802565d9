import { LANGUAGES } from "../protocol/model/language.ts";
import { createSearch } from "../renderer/kiosk/search/find-topics.ts";
import { everydayQueries } from "../test/fixtures/everyday-queries.ts";
import { missedQueries, searchedKeywords, searchedTopics } from "../test/fixtures/searched-topics.ts";
import { writeFigure } from "./figure.ts";

/** The share of everyday queries, in twelve languages, that find their topic among the first three. */
export async function benchSearch(): Promise<void> {
	const results = LANGUAGES.map((language) => ({
		language,
		asked: everydayQueries(language).length,
		missed: missedQueries(language, createSearch(language, searchedTopics(language), searchedKeywords(language)).find)
			.length,
	}));
	const sum = (field: "asked" | "missed") => results.reduce((total, one) => total + one[field], 0);
	const share = (asked: number, missed: number) => (100 * (asked - missed)) / asked;
	writeFigure({
		figure: `search: everyday queries that find their topic in the first three, of ${sum("asked")}`,
		value: share(sum("asked"), sum("missed")),
		unit: "%",
		goal: { atLeast: 90 },
		beside: Object.fromEntries(results.map(({ language, asked, missed }) => [language, share(asked, missed)])),
	});
}
