import { expect, test } from "vitest";
import type { OtherSite } from "../../../../protocol/api/board.ts";
import type { SiteView } from "../../../../protocol/sync/command.ts";
import {
	byUse,
	deliveryStatus,
	distance,
	QUEUE_KNOWN_FOR,
	withQueues,
} from "../../../../station/catalogue/other-sites.ts";
import { asSiteId, asTopicId } from "../../../fixtures/ids.ts";

const NOW = Date.UTC(2026, 10, 23, 3);
const site = (id: string, over: Partial<OtherSite> = {}): OtherSite => ({
	id: asSiteId(id),
	name: id,
	nameChinese: id,
	address: "-",
	addressChinese: "-",
	example: false,
	timezone: "Asia/Shanghai",
	open: true,
	opensAt: null,
	closesAt: NOW + 1,
	place: null,
	queue: null,
	...over,
});
const view = (id: string, over: Partial<SiteView> = {}): SiteView => ({
	site: asSiteId(id),
	topics: [asTopicId("visa")],
	waitMinutes: { min: 5, max: 20 },
	waiting: 3,
	open: true,
	knownAt: NOW - 60_000,
	...over,
});
const at = { topic: asTopicId("visa"), now: NOW };

test("a queue is told with the moment at which it was known", () => {
	const [told] = withQueues([site("a")], [view("a")], at);
	expect(told?.queue).toEqual({ ahead: 3, wait: { minMinutes: 5, maxMinutes: 20 }, knownAt: NOW - 60_000 });
	expect(withQueues([site("a")], [view("a", { waitMinutes: null })], at)[0]?.queue?.wait).toBeNull();
});

test("what is half an hour old, or of another site, is told to nobody", () => {
	expect(withQueues([site("a")], [view("a", { knownAt: NOW - QUEUE_KNOWN_FOR - 1 }), view("b")], at)).toEqual([
		site("a"),
	]);
});

test("nobody is sent where the topic is closed today; a site that is not open yet stays", () => {
	const otherSites = { topics: [asTopicId("tax")] };
	expect(withQueues([site("a"), site("b")], [view("a", otherSites)], at)).toEqual([site("b")]);
	expect(withQueues([site("a", { open: false })], [view("a", otherSites)], at)).toHaveLength(1);
	expect(withQueues([site("a")], [view("a", { ...otherSites, knownAt: 1 })], at)).toHaveLength(1);
});

test("a site that is closed by hand is shown as closed until its station says, behind those that are open", () => {
	const closed = view("a", { open: false, opensAt: NOW + 3_600_000 });
	expect(withQueues([site("a"), site("b")], [closed, view("b")], at)).toMatchObject([
		{ id: "b", open: true },
		{ id: "a", open: false, opensAt: NOW + 3_600_000, closesAt: null },
	]);
	// A station that gives numbers outside the catalogue's hours.
	const open = view("a", { open: true, opensAt: null });
	expect(withQueues([site("a", { open: false })], [open], at)).toMatchObject([{ open: true, opensAt: null }]);
});

test("a site with a true address comes before an example, and after one that is open", () => {
	const named = (name: string, over: Partial<OtherSite>) => ({ ...site(name, over), kilometres: undefined });
	const sites = [named("a", { example: true }), named("b", {}), named("c", { example: true, open: false })];
	expect(sites.toSorted(byUse).map(({ name }) => name)).toEqual(["b", "a", "c"]);
	expect([named("shut", { open: false }), ...sites].toSorted(byUse).map(({ name }) => name)).toEqual([
		"b",
		"a",
		"shut",
		"c",
	]);
});

test("open before closed, near before far, known places before unknown ones, then by name", () => {
	const named = (name: string, open: boolean, kilometres?: number) => ({ ...site(name, { open }), kilometres });
	const sites = [
		named("z", true),
		named("far", true, 9),
		named("shut", false, 1),
		named("near", true, 2),
		named("a", true),
	];
	expect(sites.toSorted(byUse).map(({ name }) => name)).toEqual(["near", "far", "a", "z", "shut"]);
});

test("kilometres: Shanghai to Beijing is 1,068 as the crow flies; unknown is unknown", () => {
	const shanghai = { latitude: 31.2304, longitude: 121.4737 };
	expect(distance(shanghai, { latitude: 39.9042, longitude: 116.4074 })).toBeCloseTo(1_067.3, 0);
	expect(distance(shanghai, shanghai)).toBe(0);
	expect(distance(shanghai, { latitude: null, longitude: null })).toBeUndefined();
});

test("who is sent on is told of where the server has a station there, as far as the server was heard lately", () => {
	const by = { own: "own", now: NOW };
	expect(deliveryStatus(asSiteId("a"), [view("own"), view("a")], by)).toBe("sent");
	// The other station may be away: the word waits for it.
	expect(deliveryStatus(asSiteId("a"), [view("own"), view("a", { knownAt: 1 })], by)).toBe("sent");
	expect(deliveryStatus(asSiteId("a"), [view("own"), view("b")], by)).toBe("undeliverable");
	expect(deliveryStatus(asSiteId("a"), [view("own", { knownAt: NOW - QUEUE_KNOWN_FOR - 1 }), view("a")], by)).toBe(
		"unknown",
	);
	expect(deliveryStatus(asSiteId("a"), [], by)).toBe("unknown");
});
