import type { CreatedCode, DeviceKind, PairedDevice } from "../../../protocol/model/device.ts";
import type { StationNetwork } from "../../../protocol/model/network.ts";
import type { AuditEntry, Counter, CounterSetting, TopicLoad, TopicSetting } from "../../../protocol/model/staff.ts";
import type { ExpectedVisit } from "../../../protocol/model/visit.ts";
import type { Answer, Ask } from "../effects/station-client.ts";

/** What a supervisor asks of the station. */
export interface Supervisor {
	counters(): Promise<Answer<{ counters: Counter[] }>>;
	move(counter: string, to: string): Promise<Answer<null>>;
	setCounter(counter: string, setting: CounterSetting): Promise<Answer<CounterSetting>>;
	topics(): Promise<Answer<{ topics: TopicLoad[] }>>;
	setTopic(topic: string, setting: TopicSetting): Promise<Answer<TopicSetting>>;
	visits(): Promise<Answer<{ visits: ExpectedVisit[] }>>;
	devices(): Promise<Answer<{ devices: PairedDevice[]; network: StationNetwork }>>;
	makeCode(kind: DeviceKind, name: string): Promise<Answer<CreatedCode>>;
	removeDevice(id: string): Promise<Answer<null>>;
	/** The latest, or those before an entry's place. */
	audit(before?: number): Promise<Answer<{ entries: AuditEntry[] }>>;
}

/** Entries that are shown at once. */
export const AUDIT_PAGE = 50;

export function openSupervisor(ask: Ask, token: string): Supervisor {
	const at = encodeURIComponent;
	return {
		counters: () => ask("GET", "counters", token),
		move: (counter, to) => ask("POST", `counters/${at(counter)}/move`, token, { to }),
		setCounter: (counter, setting) => ask("PUT", `counters/${at(counter)}/setting`, token, setting),
		topics: () => ask("GET", "topics/load", token),
		setTopic: (topic, setting) => ask("PUT", `topics/${at(topic)}/setting`, token, setting),
		visits: () => ask("GET", "visits", token),
		devices: () => ask("GET", "devices", token),
		makeCode: (kind, name) => ask("POST", "devices/codes", token, { kind, name }),
		removeDevice: (id) => ask("DELETE", `devices/${at(id)}`, token),
		audit: (before) => ask("GET", `audit?most=${AUDIT_PAGE}${before === undefined ? "" : `&before=${before}`}`, token),
	};
}
