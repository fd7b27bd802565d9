import type { Language } from "../../../protocol/model/language.ts";
import type { PhoneTicket } from "../../../protocol/model/phone.ts";

/** The station as a visitor's phone speaks to it, with every way a call can go as a value. */
export type Answer =
	| { kind: "ticket"; ticket: PhoneTicket }
	| { kind: "refused"; code: string }
	/** No answer, or none that this API gives. */
	| { kind: "unreachable" };

export type Action =
	| { kind: "leave"; version: number }
	| { kind: "give-way"; version: number; people: number }
	| { kind: "rating"; rating: number };

export interface Station {
	read(code: string, language: Language | null): Promise<Answer>;
	act(code: string, act: Action): Promise<Answer>;
}

const ANSWER_WITHIN = 8_000;

export function openStation(fetch: typeof globalThis.fetch): Station {
	async function ask(path: string, init: RequestInit): Promise<Answer> {
		try {
			const response = await fetch(`/api/phone/${path}`, {
				...init,
				cache: "no-store",
				signal: AbortSignal.timeout(ANSWER_WITHIN),
			});
			const answer: unknown = await response.json();
			if (response.ok && isTicket(answer)) return { kind: "ticket", ticket: answer };
			if (isRecord(answer) && typeof answer.code === "string") return { kind: "refused", code: reasonOf(answer) };
			return { kind: "unreachable" };
		} catch {
			return { kind: "unreachable" };
		}
	}

	return {
		read: (code, language) => ask(language === null ? code : `${code}?language=${language}`, {}),
		act: (code, { kind, ...body }) =>
			ask(`${code}/${kind}`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify(body),
			}),
	};
}

/** Where the server was asked, it says that the station refused, and for what reason. */
function reasonOf({ code, data }: Record<string, unknown>): string {
	return isRecord(data) && typeof data.reason === "string" ? data.reason : String(code);
}

/** Enough to draw without falling over; the contract holds the rest. */
function isTicket(data: unknown): data is PhoneTicket {
	return (
		isRecord(data) && typeof data.number === "string" && typeof data.state === "string" && Array.isArray(data.bring)
	);
}

function isRecord(data: unknown): data is Record<string, unknown> {
	return typeof data === "object" && data !== null && !Array.isArray(data);
}
