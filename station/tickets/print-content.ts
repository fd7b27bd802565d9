import type { Language } from "../../protocol/model/language.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { TicketContent } from "../printing/render/ticket-content.ts";
import { phonePageOf } from "./phone-ticket.ts";
import { languageOf, type TicketRow } from "./ticket-row.ts";

/** What the paper of a ticket says: as it was at issue, so that a reprint says the same. */
export function paperOf(
	row: TicketRow,
	catalogue: Catalogue,
	copy: { reprint: boolean; offline: boolean; phoneAddress?: string | undefined },
): TicketContent {
	const { reprint, offline, phoneAddress } = copy;
	const both = (words: (language: Language) => string) => ({
		name: words(languageOf(row)),
		nameChinese: words("zh-Hans"),
	});
	const topics = [row.topic, ...(row.nextTopics ?? [])];
	const documents = [...new Set(topics.flatMap((topic) => catalogue.service(topic)?.documents ?? []))];
	const names = (language: Language) => documents.map((id) => catalogue.translate("document", id, language, "name"));
	return {
		number: row.number,
		language: languageOf(row),
		site: both((language) => catalogue.translate("location", catalogue.clock.id, language, "short_name")),
		topic: both((language) =>
			topics.map((topic) => catalogue.translate("service", topic, language, "name")).join(" · "),
		),
		ahead: row.aheadAtIssue,
		wait:
			row.waitMinMinutes === null || row.waitMaxMinutes === null
				? null
				: { minMinutes: row.waitMinMinutes, maxMinutes: row.waitMaxMinutes },
		bookedAt: row.bookedAt,
		issuedAt: row.arrivedAt,
		timezone: catalogue.clock.timezone,
		partySize: row.partySize,
		bring: names(languageOf(row)),
		bringChinese: names("zh-Hans"),
		code: row.code,
		// Without an address for phones the QR code holds the code alone.
		link: phoneAddress === undefined ? row.code : phonePageOf(row.code, phoneAddress),
		reprint,
		offline,
	};
}
