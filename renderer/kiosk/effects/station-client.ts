import type { OtherSite, Topics } from "../../../protocol/api/board.ts";
import type { ApiError } from "../../../protocol/api/refusals.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { Speech } from "../../../protocol/model/speech.ts";
import type { IssuedTicket, Ticket } from "../../../protocol/model/ticket.ts";
import english from "../../../resources/languages/kiosk/en.json" with { type: "json" };
import type { Selected } from "../state/state.ts";

/** The station as the kiosk sees it. Every call either answers, is refused for a reason, or missed the station. */
export interface Station {
	topics(language: Language): Promise<Topics>;
	issue(request: Selected & { language: Language; key: string }): Promise<IssuedTicket>;
	/** Checks a booking in by its code, in any case, with or without spaces and hyphens. */
	checkIn(code: string, language: Language): Promise<IssuedTicket>;
	/** The other sites that offer a topic. */
	otherSites(topic: string, language: Language): Promise<OtherSite[]>;
	/** Prints the way to another site; over when the slip is out. The same key never prints two. */
	printDirections(slip: { topic: string; site: string; language: Language; hours: string; key: string }): Promise<void>;
	/** Whether the language's clips suffice to read a screen aloud. */
	speaks(language: Language): Promise<boolean>;
	ticket(id: string): Promise<Ticket>;
	/** Says that the file of a language's words came and cannot be read. */
	tellDamaged(language: Language): Promise<void>;
	/** Calls a member of staff. */
	askHelp(language: Language | null): Promise<void>;
}

/** The station answered, and the answer is no. */
export class Refused extends Error {
	override readonly name = "Refused";
	readonly code: string;
	/** The one topic of several that it is about. */
	readonly topic: string | undefined;

	constructor(code: string, topic?: string) {
		super(code);
		this.code = code;
		this.topic = topic;
	}
}

/** No answer, or none that means anything: try again later. */
export class Missed extends Error {
	override readonly name = "Missed";
}

/** Every text without a figure in it, and what numbers are spelled with: no later screen is mute without a word. */
const NEEDED_CLIPS = [
	...Object.entries(english).flatMap(([key, text]) => (text.includes("{{") ? [] : [`kiosk.${key}`])),
	...[..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `letter-${letter}`),
	...[..."0123456789"].map((digit) => `digit-${digit}`),
];
const ANSWER_EXPECTED_WITHIN = 4_000;
/** The answer is the printer's own word. */
const SLIP_EXPECTED_WITHIN = 15_000;

export function createStation(secret: string, request: typeof fetch = fetch): Station {
	async function call(path: string, init: RequestInit = {}, within = ANSWER_EXPECTED_WITHIN): Promise<unknown> {
		let answer: Response;
		let body: unknown;
		try {
			answer = await request(path, {
				...init,
				headers: { authorization: `Bearer ${secret}`, ...init.headers },
				cache: "no-store",
				signal: AbortSignal.timeout(within),
			});
			body = answer.status === 204 ? {} : await answer.json();
		} catch (cause) {
			throw new Missed(path, { cause });
		}
		if (answer.ok && typeof body === "object" && body !== null) return body;
		if (answer.status >= 400 && answer.status < 500 && isApiError(body)) throw new Refused(body.code, topicOf(body));
		throw new Missed(`${path}: ${answer.status}`);
	}

	return {
		topics: async (language) => (await call(`/api/topics?language=${encodeURIComponent(language)}`)) as Topics,
		issue: async ({ people: partySize, ...wanted }) =>
			(await call("/api/tickets", {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ ...wanted, partySize }),
			})) as IssuedTicket,
		checkIn: async (code, language) =>
			(await call("/api/check-in", {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ code, language }),
			})) as IssuedTicket,
		otherSites: async (topic, language) => {
			const answer = await call(`/api/topics/${encodeURIComponent(topic)}/other-sites?language=${language}`);
			return (answer as { sites: OtherSite[] }).sites;
		},
		printDirections: async ({ topic, site, ...said }) => {
			await call(
				`/api/topics/${encodeURIComponent(topic)}/other-sites/${encodeURIComponent(site)}/directions`,
				{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(said) },
				SLIP_EXPECTED_WITHIN,
			);
		},
		askHelp: async (language) => {
			await call("/api/help", {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ language }),
			});
		},
		speaks: async (language) => {
			const { clips } = (await call(`/api/speech/${language}`)) as Speech;
			return NEEDED_CLIPS.every((clip) => clip in clips);
		},
		tellDamaged: async (language) => {
			await call(`/api/messages/${language}/damaged`, { method: "POST" });
		},
		ticket: async (id) => (await call(`/api/tickets/${encodeURIComponent(id)}`)) as Ticket,
	};
}

function topicOf({ data }: ApiError): string | undefined {
	const known = typeof data === "object" && data !== null && "topic" in data ? data.topic : undefined;
	return typeof known === "string" ? known : undefined;
}

function isApiError(body: unknown): body is ApiError {
	return typeof body === "object" && body !== null && "code" in body && typeof body.code === "string";
}
