import { type Answer, UNREACHABLE } from "../../../api-client/answer.ts";
import { createVisitorClient } from "../../../api-client/station-client.ts";
import type { KeywordsAnswer, OtherSite, Topics } from "../../../protocol/api/board.ts";
import type { Checklist } from "../../../protocol/api/checklist.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { IssuedTicket, Ticket } from "../../../protocol/model/ticket.ts";
import english from "../../../resources/languages/kiosk/en.json" with { type: "json" };
import type { TicketRequest } from "../state/state.ts";

export interface ChecklistRequest {
	topics: readonly string[];
	answers: readonly string[];
	language: Language;
}

/** What the kiosk asks of the station. */
export interface Station {
	topics(language: Language): Promise<Answer<Topics>>;
	issue(request: TicketRequest & { language: Language; key: string }): Promise<Answer<IssuedTicket>>;
	/** Checks a booking in by its code, in any case, with or without spaces and hyphens. */
	checkIn(code: string, language: Language): Promise<Answer<IssuedTicket>>;
	/** The other sites that offer a topic. */
	otherSites(topic: string, language: Language): Promise<Answer<{ sites: readonly OtherSite[] }>>;
	/** Prints the way to another site. Answers when the slip is out. The same key never prints two. */
	printDirections(slip: {
		topic: string;
		site: string;
		language: Language;
		hours: string;
		key: string;
	}): Promise<Answer<null>>;
	/** What to bring and to know for topics, by the answers given so far. */
	checklist(asked: ChecklistRequest): Promise<Answer<Checklist>>;
	/** Prints that list. Answers when it is out. The same key never prints two. */
	printChecklist(asked: ChecklistRequest & { key: string }): Promise<Answer<null>>;
	/** What finds each topic in the search beside its name. */
	keywords(language: Language): Promise<Answer<KeywordsAnswer>>;
	/** Says that words found no topic. */
	reportSearchMiss(words: string, language: Language): Promise<Answer<null>>;
	/** Whether the language's clips suffice to read a screen aloud. */
	speaks(language: Language): Promise<Answer<boolean>>;
	ticket(id: string): Promise<Answer<Ticket>>;
	/** Says that the file of a language's messages came and cannot be read. */
	reportDamagedMessages(language: Language): Promise<Answer<null>>;
	/** Calls a member of staff. */
	askHelp(language: Language | null): Promise<Answer<null>>;
	/** Whether the call is still open. */
	helpCall(): Promise<Answer<{ open: boolean }>>;
}

/** Every text without a figure in it, and what numbers are spelled with: no later screen is mute without a word. */
const NEEDED_CLIPS = [
	...Object.entries(english).flatMap(([key, text]) => (text.includes("{{") ? [] : [`kiosk.${key}`])),
	...[..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `letter-${letter}`),
	...[..."0123456789"].map((digit) => `digit-${digit}`),
];
const TIMEOUT_MS = 4_000;
/** The station answers when the printer has said that the slip is out. */
const SLIP_TIMEOUT_MS = 15_000;

export function createStation(secret: string, fetch?: typeof globalThis.fetch): Station {
	const client = createVisitorClient({ token: secret, timeoutMs: TIMEOUT_MS, ...(fetch && { fetch }) });
	return {
		topics: async (language) => orLater(await client.topics.list({ language })),
		issue: async ({ people: partySize, nextTopics, ...selected }) =>
			orLater(await client.tickets.issue({ ...selected, nextTopics: [...nextTopics], partySize })),
		checkIn: async (code, language) => orLater(await client.visits.checkIn({ code, language })),
		otherSites: async (topic, language) => orLater(await client.otherSites.list({ topic, language })),
		printDirections: (slip) => client.otherSites.printDirections(slip, { timeoutMs: SLIP_TIMEOUT_MS }),
		checklist: async ({ topics, answers, language }) =>
			orLater(await client.checklist.read({ topics: topics.join(), answers: answers.join(), language })),
		printChecklist: ({ topics, answers, ...rest }) =>
			client.checklist.print({ topics: [...topics], answers: [...answers], ...rest }, { timeoutMs: SLIP_TIMEOUT_MS }),
		reportSearchMiss: (words, language) => client.topics.reportMiss({ words, language }),
		keywords: async (language) => orLater(await client.topics.keywords({ language })),
		askHelp: (language) => client.help.ask({ language }),
		helpCall: () => client.help.read(),
		async speaks(language) {
			const answer = await client.speech.read({ language });
			if (answer.kind !== "ok") return answer;
			const { clips } = answer.value;
			return { kind: "ok", value: NEEDED_CLIPS.every((clip) => clip in clips) };
		},
		reportDamagedMessages: (language) => client.messages.reportDamaged({ language }),
		ticket: async (id) => orLater(await client.tickets.read({ id })),
	};
}

/** An error of the station may be over in a moment: the kiosk asks again instead of sending the visitor away. */
function orLater<Any extends Answer<unknown>>(answer: Any): Any | typeof UNREACHABLE {
	if (answer.kind !== "refused") return answer;
	return answer.code === "STATION_ERROR" || answer.code === "DISK_FULL" ? UNREACHABLE : answer;
}
