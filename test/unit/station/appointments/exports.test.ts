import { describe, expect, test } from "vitest";
import type { ListSite } from "../../../../station/appointments/appointment.ts";
import { describeRemark, ListRefused } from "../../../../station/appointments/list-remark.ts";
import { readAppointments } from "../../../../station/appointments/read-appointments.ts";
import { asTopicId } from "../../../fixtures/ids.ts";

/*
 * Headings as other systems write them (docs/reference/lists-of-bookings.md names where each is from), with rows of our
 * own. Each is read whole with the right instants, or refused with what it lacks; no visitor's name is ever in the list.
 */

const NOW = Date.UTC(2026, 10, 22);
const SITE: ListSite = {
	timezone: "Asia/Shanghai",
	topicIds: [asTopicId("work-permit"), asTopicId("housing")],
	topicNames: [
		{ id: asTopicId("work-permit"), name: "Work permit" },
		{ id: asTopicId("work-permit"), name: "外国人工作许可" },
		{ id: asTopicId("work-permit"), name: "Arbeitserlaubnis" },
		{ id: asTopicId("housing"), name: "Housing" },
		{ id: asTopicId("housing"), name: "Other" },
		{ id: asTopicId("work-permit"), name: "Other" },
	],
};
const NINE = "2026-12-05T01:00:00.000Z";
const HALF_PAST_TWO = "2026-12-05T06:30:00.000Z";

const bytesOf = (content: string | Uint8Array) => (typeof content === "string" ? Buffer.from(content) : content);

function read(content: string | Uint8Array, more: Partial<ListSite> = {}) {
	const list = readAppointments(bytesOf(content), { ...SITE, ...more }, NOW);
	expect(JSON.stringify(list)).not.toMatch(/Doe|张三|@/);
	return {
		times: list.appointments.map(({ at }) => new Date(at).toISOString()),
		topics: [...new Set(list.appointments.map(({ topic }) => topic))],
		codes: list.appointments.map(({ code }) => code),
		cancelled: list.cancelled.length,
		skipped: list.skipped.length,
		made: list.madeCodes.length,
		notes: list.notes.map(describeRemark),
	};
}

function refusalOf(content: string | Uint8Array, more: Partial<ListSite> = {}): ListRefused {
	try {
		readAppointments(bytesOf(content), { ...SITE, ...more }, NOW);
	} catch (error) {
		if (error instanceof ListRefused) return error;
		throw error;
	}
	throw new Error("It was not refused.");
}

const CALENDLY =
	"User Name,Team,Invitee Name,Invitee First Name,Invitee Last Name,Invitee Email,Invitee Time Zone,Invitee accepted marketing emails,Text Reminder Number,Event Type Name,Start Date & Time,End Date & Time,Location,Event Created Date & Time,Canceled,Canceled By,Cancellation reason,Question 1,Response 1,UTM Campaign,UTM Source,UTM Medium,UTM Term,UTM Content,Salesforce UUID,Event Price,Payment Currency,Guest Email(s),Invitee Reconfirmed,Marked as No-Show,Meeting Notes,Group,User Email,Event UUID,Invitee UUID,Invitee scheduled by,Scheduling method";
const calendly = (start: string, canceled: string, uuid: string) =>
	`Desk,,Jane Doe,Jane,Doe,jane@x.example,"Pacific Time - US & Canada",,,Work permit,${start},2026-12-05 09:30 am,,2026-11-01 01:40 am,${canceled},,,,,,,,,,,,,,,No,,,desk@x.example,03d59076-596d-4012-b28c-cfd12c7e5082,${uuid},,`;
const ACUITY =
	'"Start Time","End Time","Timezone","First Name","Last Name","Phone","Email","Type","Calendar","Appointment Price","Date Scheduled","Appointment ID"';
const BOOKINGS =
	"Date Time\tCustomer Name\tCustomer Email\tCustomer Phone\tCustomer Address\tStaff\tStaff Name\tStaff Email\tService\tLocation\tDuration (mins.)\tPricing Type\tPrice\tCurrency\tCc Attendees\tSigned Up Attendees Count\tText Notifications Enabled\t Custom Fields\tEvent Type\tBooking Id\tTracking Data";
const bookings = (time: string) =>
	`${time}\tJane Doe\tj@x.example\t\t\t\t\t\tHousing\t\t15\t\t0\tUSD\t\t1\tTrue\t{}\tAppointment\tAAMkADE1MmU0OGM1LTUxNDAtNDliNi1iOTI0AA=\t`;
const OUTLOOK_DE =
	'"Betreff";"Beginnt am";"Beginnt um";"Endet am";"Endet um";"Ganztägiges Ereignis";"Erinnerung Ein/Aus";"Erinnerung am";"Erinnerung um";"Besprechungsplanung";"Erforderliche Teilnehmer";"Optionale Teilnehmer";"Besprechungsressourcen";"Abrechnungsinformationen";"Beschreibung";"Kategorien";"Ort";"Priorität";"Privat";"Reisekilometer";"Vertraulichkeit";"Zeitspanne zeigen als"';
const outlookDe = (day: string, time: string, isAllDay: string, code: string) =>
	`"Jane Doe";"${day}";"${time}";"${day}";"${time}";"${isAllDay}";"Aus";"";"";"";"";"";"";"${code}";"";"Arbeitserlaubnis";"";"Normal";"Aus";"";"Normal";"2"`;
const OUTLOOK_FR =
	'"Objet","Début","Début","Fin","Fin","Journée entière","Rappel actif/inactif","Date de rappel","Heure du rappel","Organisateur d\'une réunion","Participants obligatoires","Participants facultatifs","Ressources de la réunion","Afficher la disponibilité","Catégories","Critère de diffusion","Description","Emplacement","Informations facturation","Kilométrage","Priorité","Privé"';
const GOOGLE = "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location,Private";
const CHINESE = "预约码,预约项目,预约日期,预约时间,姓名,手机号,状态,核销状态,核销时间";
const ZMS =
	'\ufeff"Lfd. Nummer",Uhrzeit/Ankunftszeit,Nr.,Name,Telefon,Email,Dienstleistung,Anmerkungen,Freitextfeld,Freitextfeld2';

describe("exports that are read as they are", () => {
	test("Calendly's: its ids get codes, its cancellations cancel, and names are not read", () => {
		const rows = [
			calendly("2026-12-05 09:00 am", "false", "a50d2793-6ba4-4ce0-8b2a-61402c4726bc"),
			calendly("2026-12-05 02:30 pm", "false", "91de1c36-f38b-4e70-9a51-b9d1ed1c608a"),
			calendly("2026-12-05 11:00 am", "true", "e5bdcb6a-2323-4554-a1cf-04b01400387e"),
		];
		const list = read([CALENDLY, ...rows, ""].join("\n"));
		expect(list).toMatchObject({ times: [NINE, HALF_PAST_TWO], topics: ["work-permit"], cancelled: 1, made: 2 });
		expect(list.notes[0]?.what).toContain("Invitee Name");
	});

	test("Cal.com's", () => {
		const text = [
			"Booking UID,Title,Status,Start Time,End Time,Attendee Name,Attendee Email,Event Type,Location",
			"bfJ3kQ9xT2mN8vLpRs4W5z,Work permit between A and Jane Doe,ACCEPTED,2026-12-05 09:00:00,2026-12-05 09:30:00,Jane Doe,j@x.example,Work permit,x",
			"cfJ3kQ9xT2mN8vLpRs4W5z,x,CANCELLED,2026-12-05 09:00:00,2026-12-05 09:30:00,Jane Doe,j@x.example,Work permit,x",
		].join("\n");
		expect(read(text)).toMatchObject({ times: [NINE], topics: ["work-permit"], cancelled: 1, made: 1 });
		expect(refusalOf(text.replace("ACCEPTED", "PENDING")).message).toContain('line 2, column Status: "PENDING"');
	});

	test("Acuity's, in the site's own zone alone", () => {
		const row = (zone: string) =>
			`"December 5, 2026 9:00 am","December 5, 2026 9:30 am","${zone}","Jane","Doe","'+86","j@x.example","Work permit","Desk","0","2026-11-01","1234567890"`;
		expect(read([ACUITY, row("Asia/Shanghai")].join("\n"))).toMatchObject({
			times: [NINE],
			codes: ["1234567890"],
			made: 0,
		});
		expect(read([ACUITY, row("Asia/Taipei")].join("\n")).times).toEqual([NINE]);
		expect(refusalOf([ACUITY, row("Europe/London")].join("\n")).message).toMatch(
			/line 2, column Timezone: It is in the zone "Europe\/London", and the site is in Asia\/Shanghai/,
		);
	});

	test("Microsoft Bookings': days that could be either are asked for", () => {
		const text = [BOOKINGS, bookings("05/12/2026 09:00")].join("\n");
		expect(refusalOf(text).eitherOrder).toBe("05/12/2026");
		expect(read(text, { dateOrder: "dmy" })).toMatchObject({ times: [NINE], topics: ["housing"], made: 1 });
		expect(read([BOOKINGS, bookings("12/25/2026 9:00 AM")].join("\n")).times).toEqual(["2026-12-25T01:00:00.000Z"]);
	});

	test("Fresha's", () => {
		const text =
			"Appointment reference,Client,Scheduled date,Scheduled time,Duration,Services,Status\n#0A1B2C3D,Jane Doe,5 Dec 2026,9:00am,30min,Housing,Confirmed\n#1A1B2C3D,Jane Doe,5 Dec 2026,10:00am,30min,Housing,No-show\n";
		expect(read(text)).toMatchObject({ times: [NINE], topics: ["housing"], skipped: 1 });
	});

	test("a Chinese system's in GB18030, with codes, days apart and a range of times", () => {
		const rows =
			"AB12,外国人工作许可,2026-12-05,09:00-09:30,张三,138,已预约,未核销,\nCD34,Housing,2026/12/5,下午2:30,张三,138,已取消,,\n";
		const gb = gb18030Of(`${CHINESE}\r\n${rows}`);
		expect(read(gb)).toMatchObject({ times: [NINE], topics: ["work-permit"], codes: ["AB12"], cancelled: 1, made: 0 });
	});

	test("Excel's, with a byte order mark in UTF-16 and tabs", () => {
		const text =
			"\ufeff预约编号\t办理事项\t预约时间\t人数\r\nAB12\t外国人工作许可\t2026年12月5日 上午9:00\t2\r\n\t\t\t\r\n";
		expect(read(Buffer.from(text, "utf16le"))).toMatchObject({ times: [NINE], codes: ["AB12"] });
	});
});

describe("exports without a code are refused, with the columns that they have", () => {
	test.each([
		["Outlook in German", OUTLOOK_DE, /no column for code\. Its columns are: Betreff, Beginnt am, /],
		["Outlook in French", OUTLOOK_FR, /no column for code\. Its columns are: Objet, Début, Début/],
		["Google Calendar", GOOGLE, /no column for code\. Its columns are: Subject, Start Date/],
		["ZMS", ZMS, /no column for code\. Its columns are: Lfd\. Nummer, Uhrzeit\/Ankunftszeit/],
		[
			"a list of something else",
			"Artikel;Preis\n",
			/no column for code, time, topic\. Its columns are: Artikel, Preis\..*"?;"?/,
		],
	])("%s", (_, header, sentence) => {
		const refusal = refusalOf(`${header}\n`);
		expect(refusal.message).toMatch(sentence);
		expect(refusal.columns?.names[0]).toBe(header.replaceAll(/^\ufeff|"/g, "").split(/[;,]/)[0]);
	});
});

describe("once it is said which column is which", () => {
	test("Outlook in German, with codes among the billing information", () => {
		const rows = [
			outlookDe("05.12.2026", "09:00:00", "Aus", "AB12"),
			outlookDe("05.12.2026", "00:00:00", "Ein", "CD34"),
		];
		const list = read([OUTLOOK_DE, ...rows].join("\r\n"), { columns: { code: "Abrechnungsinformationen" } });
		expect(list).toMatchObject({ times: [NINE], topics: ["work-permit"], codes: ["AB12"], skipped: 1 });
	});

	test("Outlook in French heads day and time alike", () => {
		const cells = ["Jane Doe", "05/12/2026", "09:00:00", "05/12/2026", "09:30:00", "Faux", "Faux"];
		const row = [
			...cells,
			...Array<string>(7).fill(""),
			"Housing",
			...Array<string>(3).fill(""),
			"AB12",
			"",
			"",
			"Faux",
		];
		const text = [OUTLOOK_FR, row.map((cell) => `"${cell}"`).join(",")].join("\n");
		expect(read(text, { columns: { code: "Informations facturation" }, dateOrder: "dmy" })).toMatchObject({
			times: [NINE],
			topics: ["housing"],
			codes: ["AB12"],
		});
	});

	test("Google Calendar, with topics for subjects", () => {
		const rows = "Housing,12/25/2026,09:00 AM,12/25/2026,09:30 AM,False,AB12,x,True\n";
		const list = read(`${GOOGLE}\n${rows}`, { columns: { code: "description" } });
		expect(list).toMatchObject({ times: ["2026-12-25T01:00:00.000Z"], topics: ["housing"], codes: ["AB12"] });
	});

	test("ZMS has times of day alone: the day is asked for", () => {
		const text = `${ZMS}\n1,09:00:00,1234,Doe,030,j@x.example,Arbeitserlaubnis,,,\n`;
		const refusal = refusalOf(text, { columns: { code: "Nr." } });
		expect(refusal.message).toContain("--day 2026-11-30");
		expect(refusal.columns?.found).toMatchObject({ code: 3, time: 2, topic: 7 });
		expect(read(text, { columns: { code: "Nr." }, day: "2026-12-05" })).toMatchObject({
			times: [NINE],
			codes: ["1234"],
		});
	});

	test("a column is named by its place as well, and one that is not there is named", () => {
		const text = "Kennung;Wann;Was\nAB12;2026-12-05 09:00;housing\n";
		expect(read(text, { columns: { code: "1", time: "2", topic: "was" } }).times).toEqual([NINE]);
		expect(refusalOf(text, { columns: { code: "Code" } }).message).toContain('no column "Code"');
		expect(refusalOf(text, { columns: { code: "4" } }).message).toContain('no column "4"');
	});
});

describe("columns are never taken for something else", () => {
	test.each([
		["one that may say that a booking is cancelled", "code,time,topic,Deleted at\n", /"Deleted at" is not known/],
		["a reason for a cancellation without its mark", "code,time,topic,Cancellation reason\n", /"Cancellation reason"/],
		["two that may be the code", "预约编号,预约号,time,topic\n", /"预约编号" and "预约号" may both be code/],
		["two of one name", "code,time,topic,预约时间,预约时间\n", undefined],
		[
			"when it was booked, and for when",
			"code,预约时间,到访时间,topic\n",
			/"预约时间" and "到访时间" may both be time/,
		],
		["a time twice, apart", "code,预约时间,topic,预约时间\n", /line 1, column 4: The column "预约时间" is there twice/],
	])("%s", (_, header, sentence) => {
		const rows = `${header}AB12,2026-12-05 09:00,housing,2026-12-05 09:00\n`;
		if (sentence) expect(refusalOf(rows).message).toMatch(sentence);
	});

	test("of two that may be the time, or the status, the one that somebody named is read", () => {
		const twoTimes = "code,预约时间,到访时间,topic\nAB12,2026-11-20 08:00,2026-12-05 09:00,housing\n";
		expect(read(twoTimes, { columns: { time: "到访时间" } }).times).toEqual([NINE]);
		const twoStatuses = "code,time,topic,status,状态\nAB12,2026-12-05 09:00,housing,booked,已取消\n";
		expect(read(twoStatuses, { columns: { status: "status" } })).toMatchObject({ times: [NINE], cancelled: 0 });
		expect(read(twoStatuses, { columns: { status: "状态" } })).toMatchObject({ times: [], cancelled: 1 });
	});

	test("a day and time under the heading of a day is read where somebody named it the time", () => {
		const text = "code,Date,topic\nAB12,2026-12-05 09:00,housing\n";
		expect(read(text, { columns: { time: "Date" } }).times).toEqual([NINE]);
	});

	test("a cell that has a topic of no one's, or of two, is named", () => {
		const of = (topic: string) => refusalOf(`code,time,topic\nAB12,2026-12-05 09:00,${topic}\n`).message;
		expect(of("Visa")).toMatch(/line 2, column topic: This site has no topic "Visa"/);
		expect(of("other")).toMatch(/line 2, column topic: "other" is the name of several topics/);
	});

	test("a meeting that Outlook keeps under the title of a cancellation is cancelled, whatever its category", () => {
		const of = (title: string) =>
			`Subject,Start Date,Start Time,Categories,Reference\n${title},2026-12-05,09:00,housing,AB12\n`;
		expect(read(of("Housing"))).toMatchObject({ times: [NINE], cancelled: 0 });
		for (const title of ["Canceled: Housing", "已取消: Housing"])
			expect(read(of(title))).toMatchObject({ times: [], cancelled: 1 });
	});

	test("a column that somebody named and whose heading has another zone is refused, but for times with their offset", () => {
		const of = (heading: string, time: string) => `code,${heading},topic\nAB12,${time},housing\n`;
		const columns = { time: "2" };
		for (const heading of ["Start (UTC)", "start_utc", "startTimeUtc", "Start (GMT+9)"])
			expect(refusalOf(of(heading, "2026-12-05 09:00"), { columns }).message).toMatch(/It is in the zone "(UTC|GMT)/i);
		expect(read(of("Start (UTC+8)", "2026-12-05 09:00"), { columns }).times).toEqual([NINE]);
		expect(read(of("Start (UTC)", "2026-12-05T01:00:00Z"), { columns }).times).toEqual([NINE]);
	});

	test("a mark of cancellation that is neither yes nor no is refused", () => {
		const of = (mark: string) => `code,time,topic,Canceled\nAB12,2026-12-05 09:00,housing,${mark}\n`;
		expect(read(of("FALSE")).times).toEqual([NINE]);
		expect(read(of("是"))).toMatchObject({ times: [], cancelled: 1 });
		expect(refusalOf(of("perhaps")).message).toMatch(/line 2, column Canceled: "perhaps"/);
	});
});

/** Two bytes for each character of what stands here, as GB 18030-2022 has them. */
function gb18030Of(text: string): Uint8Array {
	const decoder = new TextDecoder("gb18030");
	const codes = new Map<string, [number, number]>();
	for (let first = 0xb0; first <= 0xf7; first += 1)
		for (let second = 0xa1; second <= 0xfe; second += 1)
			codes.set(decoder.decode(Uint8Array.of(first, second)), [first, second]);
	return Uint8Array.from([...text].flatMap((one) => codes.get(one) ?? [...Buffer.from(one)]));
}
