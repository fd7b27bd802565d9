import type { Answer } from "../../../api-client/answer.ts";
import type { SessionEnd } from "../../../protocol/model/staff.ts";
import type { CheckedIn, ExpectedVisit } from "../../../protocol/model/visit.ts";
import { isActionAvailable } from "../state/available-actions.ts";
import { type DeskDeps, readSignedIn } from "./desk-deps.ts";
import { sessionEndIn } from "./session-end.ts";
import type { Arrival } from "./station-client.ts";

export interface CheckIns {
	/** What the station answered; null where the desk could not ask now. The dialog says what came of it. */
	checkIn(arrival: Arrival): Promise<Answer<CheckedIn> | null>;
	/** Today's list, by time; none where the station does not answer. */
	expectedVisits(): Promise<readonly ExpectedVisit[]>;
}

type CheckInDeps = Pick<DeskDeps, "store" | "station" | "clock"> & {
	poll(): Promise<void>;
	endSession(ended: SessionEnd | null): void;
};

export function createCheckIns(deps: CheckInDeps): CheckIns {
	const { store, station, clock, poll, endSession } = deps;
	return {
		async checkIn(arrival) {
			const now = clock();
			const auth = readSignedIn(deps);
			if (auth === null || !isActionAvailable(store.read(), "check-in", now)) return null;
			const { session } = auth;
			store.dispatch({ type: "action-started", action: "check-in", at: now });
			const answer = await station.checkIn(session.token, arrival);
			if (readSignedIn(deps)?.session !== session) return null;
			if (answer.kind === "refused" && answer.code === "SIGN_IN_REQUIRED") {
				endSession(sessionEndIn(answer));
				return null;
			}
			store.dispatch(
				answer.kind === "ok"
					? { type: "action-done", action: "check-in", ticket: answer.value.ticket }
					: { type: "action-settled" },
			);
			if (answer.kind === "unreachable") store.dispatch({ type: "link-lost", at: clock() });
			void poll();
			return answer;
		},
		async expectedVisits() {
			const auth = readSignedIn(deps);
			const answer = auth && (await station.expectedVisits(auth.session.token));
			return answer?.kind === "ok" ? answer.value.visits : [];
		},
	};
}
