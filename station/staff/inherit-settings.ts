import type { StationDatabase } from "../../db/station/open.ts";
import { counterSetting, staff as staffTable, topicSetting } from "../../db/station/schema/staff.ts";
import type { InheritedSettings } from "../../protocol/sync/inherited-settings.ts";
import type { SiteSettings } from "./site-settings.ts";
import type { StaffAccounts } from "./staff-accounts.ts";

/** What a device in this one's place would take over. */
export function readSettingsToInherit(database: StationDatabase): InheritedSettings {
	return {
		staff: database
			.select({ id: staffTable.id, name: staffTable.name, role: staffTable.role })
			.from(staffTable)
			.orderBy(staffTable.id)
			.all(),
		counters: database
			.select()
			.from(counterSetting)
			.orderBy(counterSetting.counter)
			.all()
			.map(({ counter, ...setting }) => ({ counter, setting })),
		topics: database
			.select()
			.from(topicSetting)
			.orderBy(topicSetting.topic)
			.all()
			.map(({ topic, ...setting }) => ({ topic, setting })),
	};
}

export interface InheritDeps {
	database: StationDatabase;
	staff: Pick<StaffAccounts, "addWithoutPin">;
	settings: Pick<SiteSettings, "setCounter" | "setTopic">;
}

/**
 * Takes over what the device before this one had, and this one has not: what was set here already stays. Doing it twice
 * changes nothing. Accounts come without a PIN. `now`: UTC milliseconds.
 */
export function inherit(from: InheritedSettings, { database, staff, settings }: InheritDeps, now: number): void {
	const own = readSettingsToInherit(database);
	staff.addWithoutPin(from.staff, { now });
	for (const { counter, setting } of from.counters)
		if (!own.counters.some((one) => one.counter === counter)) settings.setCounter(counter, setting, { now });
	for (const { topic, setting } of from.topics)
		if (!own.topics.some((one) => one.topic === topic)) settings.setTopic(topic, setting, { now });
}
