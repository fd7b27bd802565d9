import type { StationDatabase } from "../../db/station/open.ts";
import { counterSetting, staff as staffTable, topicSetting } from "../../db/station/schema/staff.ts";
import type { InheritedPrinter, InheritedSettings } from "../../protocol/sync/inherited-settings.ts";
import type { SiteSettings } from "./site-settings.ts";
import type { StaffAccounts } from "./staff-accounts.ts";

/** What a device in this one's place would take over of its staff and of what they set. */
export function readSettingsToInherit(database: StationDatabase): Omit<InheritedSettings, "printer"> {
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
	/** Offers it to whoever chooses a printer: nothing prints on it before. */
	offerPrinter(printer: InheritedPrinter): void;
}

/** How much came, of what a person has to hear. */
export interface Inherited {
	accounts: number;
	/** Of counters and topics. */
	settings: number;
}

/**
 * Takes over what the device before this one had, and this one has not: what was set here already stays. Doing it twice
 * changes nothing. Accounts come without a PIN. `now`: UTC milliseconds.
 */
export function inherit(
	from: InheritedSettings,
	{ database, staff, settings, offerPrinter }: InheritDeps,
	now: number,
): Inherited {
	const own = readSettingsToInherit(database);
	staff.addWithoutPin(from.staff, { now });
	const counters = from.counters.filter(({ counter }) => !own.counters.some((one) => one.counter === counter));
	const topics = from.topics.filter(({ topic }) => !own.topics.some((one) => one.topic === topic));
	for (const { counter, setting } of counters) settings.setCounter(counter, setting, { now });
	for (const { topic, setting } of topics) settings.setTopic(topic, setting, { now });
	if (from.printer !== null) offerPrinter(from.printer);
	const accounts = readSettingsToInherit(database).staff.length - own.staff.length;
	return { accounts, settings: counters.length + topics.length };
}
