import type { Language } from "../../protocol/model/language.ts";
import type { CheckIn } from "../appointments/check-ins.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { IssueRequest } from "../tickets/issue.ts";
import { requireTopic } from "./params.ts";

/** The ticket to ask for: the same one, however often and wherever the visit is checked in. Refuses with TOPIC_UNKNOWN. */
export function ticketForVisit(
	{ visit, topic, language, partySize, class: ticketClass, queuePosition, bookedAt }: CheckIn,
	catalogue: Catalogue,
	/** For a booking that does not say. */
	otherwise: Language,
): IssueRequest {
	const { id, series } = requireTopic(catalogue, topic);
	return {
		topic: id,
		series,
		language: language ?? otherwise,
		partySize,
		requestKey: `visit ${visit}`,
		class: ticketClass,
		visit: { id: visit, queuePosition, bookedAt },
	};
}
