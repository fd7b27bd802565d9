import fc from "fast-check";
import { expect, test } from "vitest";
import { UserError } from "../../../../lib/errors.ts";
import { readAppointments } from "../../../../station/appointments/read-appointments.ts";
import { asTopicId } from "../../../fixtures/ids.ts";

/*
 * Random tables and calendars in the shapes that Excel, Outlook, Google and booking systems write. Each is made from
 * bookings that are known, so the reference is what it was made from: the reader gives exactly that, or refuses the whole.
 */

const RUNS = Number(process.env.PAIHAO_TEST_LISTS ?? 400) / 2;
/** The long form takes a minute on a quiet machine. */
const TIMEOUT_MS = 30_000 + RUNS * 60;
const SEED = Number(process.env.PAIHAO_SEED ?? 20261130);
const NOW = Date.UTC(2026, 10, 30);
const MINUTE = 60_000;
const site = { timezone: "Asia/Shanghai", topicIds: [asTopicId("work-permit"), asTopicId("tax")] };

interface Booking {
	code: string;
	at: number;
	topic: string;
	isCancelled: boolean;
}

const anyBookings: fc.Arbitrary<Booking[]> = fc.uniqueArray(
	fc.record({
		code: fc.integer({ min: 0, max: 999_999 }).map((number) => `HY${String(number).padStart(6, "0")}`),
		at: fc.integer({ min: 0, max: 500_000 }).map((minute) => NOW + minute * MINUTE),
		topic: fc.constantFrom("work-permit", "tax"),
		isCancelled: fc.boolean(),
	}),
	{ minLength: 1, maxLength: 12, selector: ({ code }) => code },
);

/** On Shanghai's wall clock, which has no summer time. */
const shown = (at: number) => new Date(at + 8 * 60 * MINUTE).toISOString();
const FORMS: readonly ((at: number) => string)[] = [
	(at) => shown(at).slice(0, 16).replace("T", " "),
	(at) => `${shown(at).slice(0, 16)}:00`,
	(at) => new Date(at).toISOString(),
	(at) => `${shown(at).slice(0, 16)}+08:00`,
	(at) => shown(at).slice(0, 16).replaceAll("-", "/").replace("T", " "),
	(at) => shown(at).replace(/^(\d+)-(\d+)-(\d+)T(\d+:\d+).*$/, "$3.$2.$1 $4"),
	(at) => shown(at).replace(/^(\d+)-(\d+)-(\d+)T(\d+:\d+).*$/, "$1年$2月$3日 $4"),
];
const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
	utf8: (text) => Buffer.from(text),
	utf8WithMark: (text) => Buffer.from(`\ufeff${text}`),
	utf16: (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
};
const CANCELLED = ["cancelled", "Canceled", "已取消", "withdrawn"];
const BOOKED = ["", "confirmed", "Booked", "已预约"];

function read(bytes: Uint8Array) {
	try {
		const { appointments, cancelled } = readAppointments(bytes, site, NOW);
		const booked = appointments.map(({ code, at, topic }) => `${code} ${at} ${topic}`).toSorted();
		return { booked, cancelled: cancelled.length };
	} catch (error) {
		// Any other error is a crash.
		expect(error).toBeInstanceOf(UserError);
		return "refused" as const;
	}
}

const referenceOf = (bookings: readonly Booking[]) => ({
	booked: bookings
		.filter((one) => !one.isCancelled)
		.map(({ code, at, topic }) => `${code} ${at} ${topic}`)
		.toSorted(),
	cancelled: bookings.filter((one) => one.isCancelled).length,
});

const damage = fc.option(
	fc.record({
		kind: fc.constantFrom("cut", "swap", "insert"),
		place: fc.double({ min: 0, max: 1, noNaN: true }),
		byte: fc.integer({ min: 0, max: 255 }),
	}),
	{ nil: undefined, freq: 2 },
);

test(
	"random tables are read as they were written, or refused whole",
	() => {
		const anyShape = fc.record({
			delimiter: fc.constantFrom(",", ";", "\t"),
			end: fc.constantFrom("\r\n", "\n"),
			isQuoted: fc.boolean(),
			hasSeparatorLine: fc.boolean(),
			emptyColumns: fc.integer({ min: 0, max: 2 }),
			emptyRows: fc.integer({ min: 0, max: 2 }),
			form: fc.constantFrom(...FORMS),
			encoding: fc.constantFrom(...Object.keys(ENCODINGS)),
			columns: fc.shuffledSubarray(["code", "time", "topic", "status"], { minLength: 4 }),
			words: fc.nat(3),
		});
		fc.assert(
			fc.property(anyBookings, anyShape, (bookings, shape) => {
				const cell = (text: string) => (shape.isQuoted ? `"${text}"` : text);
				const row = ({ code, at, topic, isCancelled }: Booking) => {
					const status = (isCancelled ? CANCELLED : BOOKED)[shape.words] ?? "";
					const cells: Record<string, string> = { code, time: shape.form(at), topic, status };
					return [
						...shape.columns.map((name) => cell(cells[name] ?? "")),
						...Array<string>(shape.emptyColumns).fill(""),
					];
				};
				const header = [...shape.columns, ...Array<string>(shape.emptyColumns).fill("")];
				const empty = Array.from({ length: shape.emptyRows }, () => header.map(() => ""));
				const lines = [header, ...bookings.map(row), ...empty].map((cells) => cells.join(shape.delimiter));
				const first = shape.hasSeparatorLine ? [`sep=${shape.delimiter}`] : [];
				const text = [...first, ...lines, ""].join(shape.end);
				expect(read(ENCODINGS[shape.encoding]?.(text) ?? new Uint8Array())).toEqual(referenceOf(bookings));
			}),
			{ numRuns: RUNS, seed: SEED },
		);
	},
	TIMEOUT_MS,
);

const stamp = (iso: string) => iso.slice(0, 19).replaceAll(/[-:]/g, "");
const CHINA = [
	...["BEGIN:VTIMEZONE", "TZID:China Standard Time", "BEGIN:STANDARD", "DTSTART:16010101T000000"],
	...["TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "END:STANDARD", "END:VTIMEZONE"],
];
const STARTS: readonly ((at: number) => string)[] = [
	(at) => `DTSTART:${stamp(new Date(at).toISOString())}Z`,
	(at) => `DTSTART;TZID=Asia/Shanghai:${stamp(shown(at))}`,
	(at) => `DTSTART;TZID=China Standard Time:${stamp(shown(at))}`,
	(at) => `DTSTART:${stamp(shown(at))}`,
	(at) => `DTSTART;TZID="/freeassociation.sourceforge.net/Asia/Shanghai":${stamp(shown(at))}`,
];

test(
	"random calendars are read as they were written, or refused whole",
	() => {
		const anyShape = fc.record({
			start: fc.constantFrom(...STARTS),
			hasZone: fc.boolean(),
			isSplit: fc.boolean(),
			isFolded: fc.boolean(),
			hasAlarm: fc.boolean(),
			hasMark: fc.boolean(),
			end: fc.constantFrom("\r\n", "\n"),
		});
		fc.assert(
			fc.property(anyBookings, anyShape, damage, (bookings, shape, harm) => {
				const fold = (line: string) => (shape.isFolded ? line.replaceAll(/(.{60})(?=.)/g, `$1${shape.end} `) : line);
				const event = ({ code, at, topic, isCancelled }: Booking) => [
					...["BEGIN:VEVENT", `UID:${code}@booking.example`, shape.start(at)],
					"SUMMARY:Consultation\\, with a long description that folds when a program writes seventy-five characters",
					`CATEGORIES:Other,${topic}`,
					`STATUS:${isCancelled ? "CANCELLED" : "CONFIRMED"}`,
					...(shape.hasAlarm ? ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "END:VALARM"] : []),
					"END:VEVENT",
				];
				const calendar = (some: readonly Booking[]) => [
					...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Random//EN"],
					...(shape.hasZone ? CHINA : []),
					...some.flatMap(event),
					"END:VCALENDAR",
				];
				const half = Math.ceil(bookings.length / 2);
				const parts = shape.isSplit ? [bookings.slice(0, half), bookings.slice(half)] : [bookings];
				const text = `${shape.hasMark ? "\ufeff" : ""}${parts.flatMap(calendar).map(fold).join(shape.end)}${shape.end}`;
				const bytes = Buffer.from(text);
				expect(read(bytes)).toEqual(referenceOf(bookings));
				if (harm === undefined) return;
				// Cut off anywhere before its last line, a file is refused whole; never half of it is taken.
				if (harm.kind === "cut") {
					const cut = bytes.subarray(0, Math.floor(harm.place * (bytes.length - shape.end.length - 1)));
					expect(read(cut)).toBe("refused");
					return;
				}
				// Other damage may be in a word that nobody reads; it never crashes.
				const at = Math.floor(harm.place * bytes.length);
				const after = harm.kind === "swap" ? at + 1 : at;
				read(Buffer.concat([bytes.subarray(0, at), Uint8Array.of(harm.byte), bytes.subarray(after)]));
			}),
			{ numRuns: RUNS, seed: SEED },
		);
	},
	TIMEOUT_MS,
);
