import fc from "fast-check";
import { expect, test } from "vitest";
import { SEEN_RECENTLY_MS, type SiteView } from "../../../protocol/sync/command.ts";
import { viewOf } from "../../../server/fleet/network-view.ts";
import { asSiteId } from "../../fixtures/ids.ts";
import { makeHello } from "../../fixtures/sync-events.ts";

const NOW = Date.UTC(2026, 10, 23, 1);
const SEED = Number(process.env.PAIHAO_SEED ?? 20_261_123);
const { report } = makeHello();
type Row = Parameters<typeof viewOf>[0][number];
const row = (site: string, change: Partial<Row> = {}): Row => ({
	site: asSiteId(site),
	enrolledAt: 1,
	revokedAt: null,
	lastSeenAt: NOW - 10_000,
	report,
	reportSince: NOW - 3_600_000,
	...change,
});
const sitesOf = (rows: readonly Row[], since: number | null) => {
	const { sites, gone } = viewOf(rows, { time: NOW, since });
	return { sites: sites.map(({ site }) => site), gone };
};

test("told are those that say something else since then, fell silent or are no more", () => {
	const since = NOW - 60_000;
	const rows = [
		row("the-same"),
		row("another-queue", { reportSince: since }),
		row("enrolled-anew", { enrolledAt: since }),
		row("silent-now", { lastSeenAt: NOW - SEEN_RECENTLY_MS }),
		row("silent-long", { lastSeenAt: NOW - 3_600_000 }),
		row("revoke", { revokedAt: NOW - 1 }),
		row("shut-out-long-ago", { revokedAt: since - 1 }),
		row("never-heard", { lastSeenAt: null, report: null }),
	];
	expect(sitesOf(rows, since)).toEqual({ sites: ["another-queue", "enrolled-anew", "silent-now"], gone: ["revoke"] });
	expect(sitesOf(rows, null)).toEqual({
		sites: ["another-queue", "enrolled-anew", "silent-long", "silent-now", "the-same"],
		gone: [],
	});
});

test("of two stations of a site the one that was heard last speaks, and one that was shut out does not take it away", () => {
	const rows = [
		row("a", { lastSeenAt: NOW - 2, report: { ...report, waiting: 1 } }),
		row("a", { lastSeenAt: NOW - 1, report: { ...report, waiting: 2 } }),
		row("a", { revokedAt: NOW - 1 }),
	];
	expect(viewOf(rows, { time: NOW, since: null }).sites).toMatchObject([{ site: "a", waiting: 2 }]);
	expect(sitesOf(rows, NOW - 60_000).gone).toEqual([]);
});

/** What hello writes (server/ingest): since when a station says the same, without a silence between. */
function heard(before: Row | undefined, site: string, waiting: number, now: number): Row {
	const isSame =
		before?.report?.waiting === waiting && before.lastSeenAt !== null && before.lastSeenAt >= now - SEEN_RECENTLY_MS;
	const reportSince = isSame ? before.reportSince : now;
	const enrolledAt = before?.revokedAt == null ? (before?.enrolledAt ?? now) : now;
	return row(site, { enrolledAt, lastSeenAt: now, report: { ...report, waiting }, reportSince });
}

test("whoever asks for changes only, at any moments, knows the same as who asks for all", () => {
	const happening = fc.record({
		site: fc.constantFrom("a", "b", "c"),
		waiting: fc.nat(2),
		pause: fc.constantFrom(0, 5_000, 40_000, 100_000, 400_000),
		what: fc.constantFrom("heard", "heard", "heard", "revoke", "ask"),
	});
	fc.assert(
		fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
			const rows = new Map<string, Row>();
			const known = new Map<string, SiteView>();
			let asked: number | null = null;
			let time = NOW;
			const ask = () => {
				const view = viewOf([...rows.values()], { time, since: asked });
				for (const one of view.sites) known.set(one.site, one);
				for (const site of view.gone) known.delete(site);
				asked = time;
			};
			// A site that is heard is as old as the answer, as the station keeps it.
			const seen = (sites: Iterable<SiteView>) =>
				[...sites]
					.map((one) => ({ ...one, knownAt: time - one.knownAt <= SEEN_RECENTLY_MS ? "now" : one.knownAt }))
					.sort((one, other) => (one.site < other.site ? -1 : 1));
			for (const { site, waiting, pause, what } of happenings) {
				time += pause + 1;
				const before = rows.get(site);
				if (what === "heard") rows.set(site, heard(before, site, waiting, time));
				if (what === "revoke" && before) rows.set(site, { ...before, revokedAt: time });
				if (what !== "ask") continue;
				ask();
				const all = viewOf([...rows.values()], { time, since: null }).sites;
				const lively = new Map(all.map((one) => [one.site, one]));
				// What was told as lively and did not change is as old as this answer.
				const kept = [...known.values()].map((one) => {
					const now = lively.get(one.site);
					return now && time - now.knownAt <= SEEN_RECENTLY_MS ? { ...one, knownAt: now.knownAt } : one;
				});
				expect(seen(kept)).toEqual(seen(all));
			}
		}),
		{ seed: SEED, numRuns: 300 },
	);
});
