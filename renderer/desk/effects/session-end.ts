import type { SessionEnd, SessionEndReason } from "../../../protocol/model/staff.ts";
import { SESSION_END_MESSAGES } from "../messages/model-messages.ts";
import type { Refusal } from "../state/state.ts";

/** Why the session ended, as a refusal says it; null where it does not. */
export function sessionEndIn({ data }: Pick<Refusal, "data">): SessionEnd | null {
	const { ended } = data;
	if (typeof ended !== "object" || ended === null) return null;
	const { reason, by, counter, at } = ended as Partial<Record<keyof SessionEnd, unknown>>;
	if (!isReason(reason) || typeof at !== "number") return null;
	return {
		reason,
		by: typeof by === "string" ? by : null,
		counter: typeof counter === "string" ? (counter as SessionEnd["counter"]) : null,
		at,
	};
}

const isReason = (reason: unknown): reason is SessionEndReason =>
	typeof reason === "string" && Object.hasOwn(SESSION_END_MESSAGES, reason);
