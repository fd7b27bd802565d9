import type { DeviceKind } from "../../../protocol/model/device.ts";
import type { StationEnrolmentRequest } from "../../../protocol/sync/enrolment.ts";
import type { Store } from "../../ui/store.ts";
import { CODE_LENGTH, type SetupEvent, type SetupState } from "../state/state.ts";
import type { Answer, Managed, Station } from "./station-client.ts";

/** What the page does besides showing. All it learns it tells the store. */
export interface Setup {
	open(): Promise<void>;
	/** Takes what was typed; eight digits are sent at once. */
	type(text: string): Promise<void>;
	submit(): Promise<void>;
	makeCode(wanted: { kind: DeviceKind; name: string }): Promise<void>;
	remove(id: string): Promise<void>;
	enrol(asked: StationEnrolmentRequest): Promise<void>;
}

export function createSetup(
	store: Store<SetupState, SetupEvent>,
	{ station, token, later }: { station: Station; token: string | null; later(action: () => void): void },
): Setup {
	async function poll(): Promise<Answer<Managed> | null> {
		if (token === null) return null;
		const [answer, enrolment] = await Promise.all([station.devices(token), station.enrolment(token)]);
		if (answer.kind === "ok") store.dispatch({ type: "managed", managed: answer.value });
		if (enrolment.kind === "ok") store.dispatch({ type: "enrolment", enrolment: enrolment.value });
		return answer;
	}
	/** A device that pairs, or goes, shows by itself while somebody manages. */
	async function startPolling(): Promise<void> {
		await poll();
		if (store.read().at === "managing") later(() => void startPolling());
	}
	async function submit(): Promise<void> {
		const state = store.read();
		if (state.at !== "entering" || state.trial === "asking" || state.typed.length < CODE_LENGTH) return;
		store.dispatch({ type: "asked" });
		store.dispatch({ type: "answered", answer: await station.pair(state.typed) });
	}
	return {
		submit,
		async open() {
			store.dispatch({ type: "own-device", answer: await station.ownDevice() });
			await startPolling();
			if (store.read().at === "unavailable") later(() => void this.open());
		},
		async type(text) {
			store.dispatch({ type: "typed", text });
			await submit();
		},
		async makeCode(wanted) {
			if (token === null) return;
			const answer = await station.makeCode(token, wanted);
			if (answer.kind === "ok") store.dispatch({ type: "made", made: { ...answer.value, ...wanted } });
			else store.dispatch({ type: "failed" });
		},
		async remove(id) {
			if (token === null) return;
			store.dispatch({ type: "removing", id: null });
			const answer = await station.remove(token, id);
			// Somebody else may have shut it out a moment ago: the list says what is.
			if (answer.kind === "missed") store.dispatch({ type: "failed" });
			else await poll();
		},
		async enrol(asked) {
			if (token === null) return;
			store.dispatch({ type: "enrolling" });
			store.dispatch({ type: "enrolled", answer: await station.enrol(token, asked) });
		},
	};
}
