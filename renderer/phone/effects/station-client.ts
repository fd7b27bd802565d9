import type { Answer } from "../../../api-client/answer.ts";
import { createVisitorClient } from "../../../api-client/station-client.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { PhoneTicket } from "../../../protocol/model/phone.ts";

export type Action =
	| { kind: "leave"; version: number }
	| { kind: "give-way"; version: number; people: number }
	| { kind: "delay"; version: number; minutes: number }
	| { kind: "rating"; rating: number };

/** The station as a visitor's phone speaks to it, or the server in its place. */
export interface Station {
	read(code: string, language: Language | null): Promise<Answer<PhoneTicket>>;
	act(code: string, action: Action): Promise<Answer<PhoneTicket>>;
	/** The key with which a browser asks for notifications; null where the station sends none. */
	webPushKey(): Promise<string | null>;
	/** Whether the station tells this browser of the ticket from now on. */
	subscribe(code: string, subscription: PushSubscriptionJSON, language: Language): Promise<boolean>;
	unsubscribe(code: string): Promise<void>;
}

export function openStation(fetch?: typeof globalThis.fetch): Station {
	const { phone } = createVisitorClient(fetch && { fetch });
	return {
		read: async (code, language) => withReason(await phone.read({ code, language: language ?? undefined })),
		async act(code, action) {
			switch (action.kind) {
				case "leave":
					return withReason(await phone.leave({ code, version: action.version }));
				case "give-way":
					return withReason(await phone.giveWay({ code, version: action.version, people: action.people }));
				case "delay":
					return withReason(await phone.delay({ code, version: action.version, minutes: action.minutes }));
				case "rating":
					return withReason(await phone.rate({ code, rating: action.rating }));
			}
		},
		async webPushKey() {
			const answer = await phone.webPushKey();
			return answer.kind === "ok" ? answer.value.key : null;
		},
		async subscribe(code, { endpoint, keys }, language) {
			if (endpoint === undefined || keys?.p256dh === undefined || keys.auth === undefined) return false;
			const { p256dh, auth } = keys;
			return (await phone.subscribe({ code, endpoint, keys: { p256dh, auth }, language })).kind === "ok";
		},
		async unsubscribe(code) {
			await phone.unsubscribe({ code });
		},
	};
}

/** Where the server was asked, it says that the station refused, and with which code. */
function withReason(answer: Answer<PhoneTicket>): Answer<PhoneTicket> {
	if (answer.kind !== "refused" || typeof answer.data.reason !== "string") return answer;
	return { ...answer, code: answer.data.reason };
}
