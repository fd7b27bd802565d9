import { describe, expect, test } from "vitest";
import { UserError } from "../../../../lib/errors.ts";
import { describeRemark } from "../../../../station/appointments/list-remark.ts";
import { readAppointments } from "../../../../station/appointments/read-appointments.ts";
import { readCsvAppointments } from "../../../../station/appointments/read-csv-appointments.ts";
import { asTopicId } from "../../../fixtures/ids.ts";

const site = { timezone: "Asia/Shanghai", topicIds: [asTopicId("work-permit"), asTopicId("housing")] };
const TEN = Date.UTC(2026, 10, 23, 2, 0);
const NOW = TEN - 86_400_000;

function refusalOf(read: () => unknown): string {
	try {
		read();
	} catch (error) {
		if (error instanceof UserError && error.code.startsWith("APPOINTMENTS_")) return error.message;
		throw error;
	}
	throw new Error("It was not refused.");
}

const GB18030_BYTES = Uint8Array.from([
	...new TextEncoder().encode("code,time,topic,status\nAB12,2026-11-23 10:00,housing,"),
	// 已确认
	...[0xd2, 0xd1, 0xc8, 0xb7, 0xc8, 0xcf],
	0x0a,
]);

function utf16le(text: string): Uint8Array {
	return Uint8Array.from([0xff, 0xfe, ...Buffer.from(text, "utf16le")]);
}

describe("a table", () => {
	test("is read in any order of columns, with the site's time or an instant", () => {
		const text =
			"\ufefftopic,code,time,party,language,status\r\nwork-permit,AB12,2026-11-23 10:00,2,ko,\nhousing,CD34,2026-11-23T11:00:00+09:00,,,booked\nhousing,EF56,,,,cancelled\n";
		expect(readCsvAppointments(text, site)).toEqual({
			appointments: [
				{ source: "list AB12", code: "AB12", at: TEN, topic: "work-permit", language: "ko", partySize: 2 },
				{ source: "list CD34", code: "CD34", at: TEN, topic: "housing", language: null, partySize: 1 },
			],
			cancelled: [{ source: "list EF56", sequence: 0, place: { line: 4 } }],
			listed: [],
			skipped: [],
			notes: [],
			madeCodes: [],
		});
	});

	test.each([
		["semicolons", "code;time;topic\nAB12;2026-11-23 10:00;housing\n"],
		["tabs", "code\ttime\ttopic\nAB12\t2026-11-23 10:00\thousing\n"],
		["bars", "code|time|topic\nAB12|2026-11-23 10:00|housing\n"],
		["Excel's sep= line", "sep=;\r\ncode;time;topic\r\nAB12;2026-11-23 10:00;housing\r\n"],
		["quoted cells", 'code,time,topic\n"AB12","2026-11-23 10:00","housing"\n'],
		["Excel's empty rows and unnamed last column", "code,time,topic,\nAB12,2026-11-23 10:00,housing,\n,,,\n,,,\n"],
		["short rows", "code,time,topic,language,party\nAB12,2026-11-23 10:00,housing\n"],
		["carriage returns alone", "code,time,topic\rAB12,2026-11-23 10:00,housing\r"],
	])("with %s is read", (_name, text) => {
		expect(readCsvAppointments(text, site).appointments).toEqual([
			{ source: "list AB12", code: "AB12", at: TEN, topic: "housing", language: null, partySize: 1 },
		]);
	});

	test("is read in UTF-16 and in GB18030", () => {
		const [fromUtf16] = readAppointments(
			utf16le("code\ttime\ttopic\r\nAB12\t2026-11-23 10:00\thousing\r\n"),
			site,
			NOW,
		).appointments;
		const [fromGb18030] = readAppointments(GB18030_BYTES, site, NOW).appointments;
		expect([fromUtf16?.code, fromGb18030?.code]).toEqual(["AB12", "AB12"]);
	});

	test.each(["cancelled", "Canceled", "已取消", " CANCELED "])("the status %j cancels", (status) => {
		const list = readCsvAppointments(`code,time,topic,status\nHY-12,,,${status}\n`, site);
		expect(list).toMatchObject({
			appointments: [],
			cancelled: [{ source: "list HY12", sequence: 0, place: { line: 2 } }],
		});
	});

	test("a code is the same booking however it is written", () => {
		const booked = readCsvAppointments("code,time,topic\nHY-12,2026-11-23 10:00,housing\n", site).appointments[0]
			?.source;
		const cancelled = readCsvAppointments("code,time,topic,status\nhy12,,,cancelled\n", site).cancelled[0]?.source;
		expect(booked).toBe(cancelled);
	});

	test.each([
		["zh-CN", "zh-Hans"],
		["zh-TW", "zh-Hans"],
		["en-US", "en"],
		["pt-BR", "pt"],
		["pt_BR", "pt"],
	])("the language %s is read as %s, and said", (asked, language) => {
		const list = readCsvAppointments(`code,time,topic,language\nAB12,2026-11-23 10:00,housing,${asked}\n`, site);
		expect(list.appointments[0]?.language).toBe(language);
		expect(list.notes.map(describeRemark)).toMatchObject([
			{ place: "line 2", what: `"${asked}" is read as ${language}.`, code: "language-near" },
		]);
	});

	test.each([
		[
			"a column that nobody knows",
			"code,time,topic,extra\nAB12,2026-11-23 10:00,housing,x\n",
			/line 1, column 4: .*"extra"/,
		],
		[
			"a column too few",
			"code,time\nAB12,2026-11-23 10:00\n",
			/line 1: It has no column for topic\. Its columns are: code, time\./,
		],
		["a column named twice", "code,time,topic,time\nAB12,2026-11-23 10:00,housing,x\n", /column 4: .*there twice/],
		["a cell outside of the columns", "code,time,topic\nAB12,2026-11-23 10:00,housing,Jane\n", /line 2, column 4/],
		["half a row", "code,time,topic\nAB12,2026-11-23 10:00,housing\nCD34,2026-11-2", /line 3, column time/],
		[
			"a party of fifty",
			"code,time,topic,party\nAB12,2026-11-23 10:00,housing,50\n",
			/line 2, column party: Its party/,
		],
		["a party of 2.5", "code,time,topic,party\nAB12,2026-11-23 10:00,housing,2.5\n", /line 2, column party: Its party/],
		["a time of day alone", "code,time,topic\nAB12,10:00,housing\n", /line 2, column time: "10:00"/],
		["a day that is none", "code,time,topic\nAB12,2027-02-30 09:30,housing\n", /line 2, column time.*no such day/],
		[
			"a language that is none",
			"code,time,topic,language\nAB12,2026-11-23 10:00,housing,xx\n",
			/line 2, column language: Its language/,
		],
		[
			"a status that is not known",
			"code,time,topic,status\nAB12,2026-11-23 10:00,housing,rescheduled\n",
			/"rescheduled"/,
		],
		[
			"an unknown topic",
			"code,time,topic\nAB12,2026-11-23 10:00,tea\n",
			/line 2, column topic: This site has no topic "tea"/,
		],
		["no line at all", "\n\n", /empty/],
		[
			"codes that look alike",
			"code,time,topic\nAB10,2026-11-23 10:00,housing\nABIO,2026-11-23 11:00,housing\n",
			/line 3: .*(ABIO reads the same|booking of line 2 again)/,
		],
		[
			"a booking and its cancellation",
			"code,time,topic,status\nAB12,2026-11-23 10:00,housing,\nab-12,,,cancelled\n",
			/line 3: It cancels a booking/,
		],
		[
			"a quotation mark that does not close",
			'code,time,topic\n"AB12,2026-11-23 10:00,housing\n',
			/line 2, column 1: .* never closed/,
		],
	])("with %s is refused, with the place", (_name, text, sentence) => {
		expect(refusalOf(() => readCsvAppointments(text, site))).toMatch(sentence);
	});

	test.each(["\r\n", "\n", "\r"])(
		"line numbers are the file's behind cells of several lines that end with %j",
		(end) => {
			const rows = ["code,time,topic,notes", 'AB12,2026-11-23 10:00,housing,"a', "b", 'c"', "CD34,soon,housing,"];
			expect(() => readCsvAppointments([...rows, ""].join(end), site)).toThrow(/line 5, column time/);
		},
	);

	test("line numbers are the file's, with empty rows and cells of several lines before", () => {
		const text = 'code,time,topic,status\n\n"AB12",2026-11-23 10:00,housing,"\n"\n\nCD34,nonsense,housing,\n';
		expect(refusalOf(() => readCsvAppointments(text, site))).toMatch(/line 6, column time/);
	});
});

describe("a file that is not what it says", () => {
	test.each([
		["a zip file", Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0, 0]), /zip file.*Save it as CSV/],
		["an old workbook", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0]), /Excel workbook/],
		["a PDF", new TextEncoder().encode("%PDF-1.7 ..."), /PDF/],
		["binary", Uint8Array.from([0x63, 0x6f, 0x0a, 0x00, 0x01]), /Line 2 holds a zero byte/],
		[
			"several encodings",
			Uint8Array.from([...new TextEncoder().encode("code,time,topic\n已取消\n"), 0xd2, 0xd1, 0xff, 0x0a]),
			/Line 3 is neither UTF-8 nor GB18030/,
		],
		["100 MB", { length: 104_857_600 } as unknown as Uint8Array, /100 MB/],
	])("%s is refused in one sentence", (_name, bytes, sentence) => {
		expect(refusalOf(() => readAppointments(bytes, site, NOW))).toMatch(sentence);
	});
});
