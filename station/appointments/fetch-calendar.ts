import { BodyTooLarge, readLimitedBody } from "../../lib/http/body-limit.ts";
import { explainUnreachable } from "../../lib/outgoing-connections.ts";
import { SECOND_MS } from "../../lib/time/durations.ts";
import { isCalendarAddress } from "./calendar-address.ts";
import { type Reason, type RemarkCode, reason } from "./list-remark.ts";

/** What a server said of the calendar that it gave, so that it need not give the same again. */
export interface Validators {
	etag: string | null;
	lastModified: string | null;
}

export type FetchedCalendar =
	| { kind: "unchanged" }
	| { kind: "calendar"; bytes: Uint8Array; validators: Validators }
	/** `why` never has the address: that may be a secret. */
	| { kind: "failed"; why: Reason };

/** Some 5,000 bookings as calendars write them, which a running station reads within a second. */
const MAX_BYTES = 2 * 1024 * 1024;
const TIMEOUT_MS = 30 * SECOND_MS;
const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** How a calendar begins, behind the mark that some programs write first. */
const BEGINNING = /^(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR/i;

type FeedCode = Extract<RemarkCode, `feed-${string}`>;
const failed = (code: FeedCode, data?: Reason["data"]): FetchedCalendar => ({
	kind: "failed",
	why: reason(code, data),
});

/**
 * Asks for a calendar, if it is another one than `known`. Follows redirects to addresses that a calendar may have, and no
 * others. Never throws; whoever aborts `signal` does not care for the answer.
 */
export async function fetchCalendar(
	address: URL,
	known: Validators | undefined,
	{ signal, timeoutMs = TIMEOUT_MS }: { signal: AbortSignal; timeoutMs?: number | undefined },
): Promise<FetchedCalendar> {
	const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
	let at = address;
	try {
		for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
			const response = await fetch(at, { headers: headersFor(known), redirect: "manual", signal: within });
			if (!REDIRECTS.has(response.status)) return await readAnswer(response, known);
			await response.body?.cancel();
			const next = URL.parse(response.headers.get("location") ?? "", at.href);
			if (next === null || !isCalendarAddress(next) || (next.protocol === "http:" && at.protocol !== "http:"))
				return failed("feed-unsafe");
			at = next;
		}
		return failed("feed-redirects", { most: MAX_REDIRECTS });
	} catch (error) {
		return { kind: "failed", why: whyOf(error, at, within) };
	}
}

function headersFor(known: Validators | undefined): Record<string, string> {
	return {
		accept: "text/calendar",
		...(known?.etag && { "if-none-match": known.etag }),
		...(known?.lastModified && { "if-modified-since": known.lastModified }),
	};
}

async function readAnswer(response: Response, known: Validators | undefined): Promise<FetchedCalendar> {
	const { status, headers, body } = response;
	if (status === 304 && (known?.etag || known?.lastModified)) return { kind: "unchanged" };
	if (status !== 200) {
		await body?.cancel();
		return failed(CODES[status] ?? "feed-status", { status });
	}
	const bytes = await readLimitedBody(body, MAX_BYTES);
	const start = bytes.subarray(0, 200).toString("latin1");
	if (!BEGINNING.test(start))
		return failed(/^\s*(?:\xef\xbb\xbf)?</.test(start) ? "feed-web-page" : "feed-no-calendar");
	return {
		kind: "calendar",
		bytes,
		validators: { etag: headers.get("etag"), lastModified: headers.get("last-modified") },
	};
}

const CODES: Readonly<Record<number, FeedCode>> = {
	401: "feed-sign-in",
	403: "feed-sign-in",
	404: "feed-gone",
	410: "feed-gone",
};

function whyOf(error: unknown, { host }: URL, within: AbortSignal): Reason {
	if (error instanceof BodyTooLarge) return reason("feed-too-large", { most: MAX_BYTES / 1_048_576 });
	if (within.aborted) return reason("feed-slow", { host });
	// fetch's word for an answer that broke off.
	if (error instanceof TypeError && error.message === "terminated") return reason("feed-broke-off");
	return reason("feed-unreachable", { host, why: explainUnreachable(host, error).message });
}
