import type { Answer } from "../../../api-client/answer.ts";
import type { StationEnrolmentRequest } from "../../../protocol/api/station-enrolment.ts";
import type { DeviceKind } from "../../../protocol/model/device.ts";
import type { Store } from "../../ui/store.ts";
import { CODE_LENGTH, type Managed, type SetupEvent, type SetupState } from "../state/state.ts";
import type { Station } from "./station-client.ts";

/** The page's requests. Every answer goes to the store. */
export interface Setup {
	open(): Promise<void>;
	/** Takes the typed text; eight digits are sent at once. */
	type(text: string): Promise<void>;
	submit(): Promise<void>;
	makeCode(device: { kind: DeviceKind; name: string }): Promise<void>;
	remove(id: string): Promise<void>;
	enrol(request: StationEnrolmentRequest): Promise<void>;
}

export function createSetup(
	store: Store<SetupState, SetupEvent>,
	{ station, token, later }: { station: Station; token: string | null; later(run: () => void): void },
): Setup {
	async function poll(): Promise<Answer<Managed> | null> {
		if (token === null) return null;
		const [answer, enrolment] = await Promise.all([station.devices(token), station.enrolment(token)]);
		if (answer.kind === "ok") store.dispatch({ type: "devices", managed: answer.value });
		if (enrolment.kind === "ok") store.dispatch({ type: "enrolment", enrolment: enrolment.value });
		return answer;
	}
	/** While a supervisor is on the page, devices that come and go appear by themselves. */
	async function startPolling(): Promise<void> {
		await poll();
		if (store.read().at === "managing") later(() => void startPolling());
	}
	async function submit(): Promise<void> {
		const state = store.read();
		if (state.at !== "pairing" || state.pairing === "pending" || state.typed.length < CODE_LENGTH) return;
		store.dispatch({ type: "pairing-started" });
		store.dispatch({ type: "pairing-answered", answer: await station.pair(state.typed) });
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
		async makeCode(device) {
			if (token === null) return;
			const answer = await station.createCode(token, device);
			if (answer.kind === "ok") store.dispatch({ type: "code-created", newCode: { ...answer.value, ...device } });
			else store.dispatch({ type: "failed" });
		},
		async remove(id) {
			if (token === null) return;
			store.dispatch({ type: "removal-asked", id: null });
			const answer = await station.remove(token, id);
			// Somebody else may have removed it meanwhile: the list shows what is paired.
			if (answer.kind === "unreachable") store.dispatch({ type: "failed" });
			else await poll();
		},
		async enrol(request) {
			if (token === null) return;
			store.dispatch({ type: "enrolment-started" });
			store.dispatch({ type: "enrolment-answered", answer: await station.enrol(token, request) });
		},
	};
}
