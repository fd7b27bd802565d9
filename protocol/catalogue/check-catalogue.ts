import { z } from "zod";
import type { TopicId } from "../model/ids.ts";
import { LANGUAGES } from "../model/language.ts";
import {
	CATALOGUE_FILES,
	documentSchema,
	type Location,
	locationSchema,
	type Organization,
	organizationSchema,
	type Service,
	serviceSchema,
	type TopicGroup,
	topicGroupSchema,
} from "./catalogue.ts";
import { dropInvalidDetails, withPlausibleDates } from "./drop-invalid-details.ts";
import { dropMissingTexts } from "./missing-texts.ts";
import { explainError, type RejectedEntry } from "./rejected-entry.ts";
import { type ExceptionDay, exceptionDaySchema } from "./schedule.ts";
import { telephoneSchema } from "./service-details.ts";
import { dropSharedKeywords } from "./shared-keywords.ts";
import { readTranslations, type Translation } from "./translations.ts";

export interface CheckedCatalogue {
	organizations: Organization[];
	groups: TopicGroup[];
	services: Service[];
	locations: Location[];
	translations: Translation[];
	/** Topics that are whole, and whose status says that they are not offered now. */
	notOffered: { id: TopicId; status: Service["status"] }[];
	rejected: RejectedEntry[];
}

/**
 * Checks a catalogue, the same way at a station, at the server and by hand. `read` gives a file's JSON by its name
 * (CATALOGUE_FILES) or throws. A bad entry is rejected and named. What refers to it is kept without it where that makes sense, and rejected too otherwise.
 */
export function checkCatalogue(read: (file: string) => unknown): CheckedCatalogue {
	const rejected: RejectedEntry[] = [];
	const readJson = (file: string): unknown => {
		try {
			return read(file);
		} catch (error) {
			rejected.push({ file, entry: "the whole file", reason: error instanceof Error ? error.message : String(error) });
			return undefined;
		}
	};
	const readList = <T extends { id: string }>(file: string, schema: z.ZodType<T>, drop?: Drop): T[] => {
		const json = readJson(file);
		const withoutBadParts =
			drop && Array.isArray(json)
				? json.map((entry: unknown, index) =>
						drop(entry, (reason, part) => {
							const name = nameOf(entry, index);
							rejected.push({ file, entry: part === undefined ? name : `${name}, ${part}`, reason });
						}),
					)
				: json;
		return validEntries(file, withoutBadParts, schema, rejected);
	};

	const notOffered: CheckedCatalogue["notOffered"] = [];
	const organizations = readList(CATALOGUE_FILES.organizations, organizationSchema, withoutBadPhone);
	const groups = dropSharedSeries(readList(CATALOGUE_FILES.groups, topicGroupSchema), rejected);
	const documents = idsOf(readList(CATALOGUE_FILES.documents, documentSchema));
	const translations = LANGUAGES.flatMap((language) => {
		const file = `translations/${language}.json`;
		return readTranslations(language, file, readJson(file), rejected);
	});
	const referring = readList(CATALOGUE_FILES.services, serviceSchema, dropInvalidDetails).filter((service) => {
		const missing = [
			!idsOf(organizations).has(service.organization_id) && `organization ${service.organization_id}`,
			!idsOf(groups).has(service.group) && `group ${service.group}`,
		].filter((what) => what !== false);
		if (missing.length > 0)
			rejected.push({
				file: CATALOGUE_FILES.services,
				entry: service.id,
				reason: `it refers to what is missing: ${missing.join(", ")}`,
			});
		if (service.status !== "active") notOffered.push({ id: service.id, status: service.status });
		return missing.length === 0 && service.status === "active";
	});
	const services = dropMissingTexts(referring, { documents, translations, rejected });
	const locations = readList(CATALOGUE_FILES.locations, locationSchema, withoutBadDays).flatMap((location) => {
		const offered = [...new Set(location.services)].filter((id) => idsOf(services).has(id));
		const dropped = location.services.filter(
			(id) => !offered.includes(id) && !notOffered.some((service) => service.id === id),
		);
		if (dropped.length > 0)
			rejected.push({
				file: CATALOGUE_FILES.locations,
				entry: location.id,
				reason: `it offers topics that are missing, and is kept without them: ${dropped.join(", ")}`,
			});
		return offered.length > 0 ? [{ ...location, services: offered }] : [];
	});
	return {
		organizations,
		groups,
		services,
		locations,
		translations: dropSharedKeywords(translations, rejected),
		notOffered,
		rejected,
	};
}

function validEntries<T extends { id: string }>(
	file: string,
	json: unknown,
	schema: z.ZodType<T>,
	rejected: RejectedEntry[],
): T[] {
	if (json === undefined) return [];
	if (!Array.isArray(json)) {
		rejected.push({ file, entry: "the whole file", reason: "it must be a list" });
		return [];
	}
	const entries = new Map<string, T>();
	for (const [index, entry] of json.entries()) {
		const parsed = schema.safeParse(entry);
		if (!parsed.success) rejected.push({ file, entry: nameOf(entry, index), reason: explainError(parsed.error) });
		else if (entries.has(parsed.data.id))
			rejected.push({
				file,
				entry: nameOf(entry, index),
				reason: "another entry has the same id; the first one is kept",
			});
		else entries.set(parsed.data.id, parsed.data);
	}
	return [...entries.values()];
}

/** The entry without its parts that do not fit. Each is named, perhaps with the part's own name. */
type Drop = (entry: unknown, reject: (reason: string, part?: string) => void) => unknown;

/** An organization is kept without a telephone number that is none: all of its topics would go with it. */
const withoutBadPhone: Drop = (entry, reject) => {
	const found = z.looseObject({ phone: z.unknown() }).safeParse(entry);
	if (!found.success || found.data.phone === undefined) return entry;
	const parsed = telephoneSchema.safeParse(found.data.phone);
	if (parsed.success) return entry;
	reject(`phone is left out: ${explainError(parsed.error)}`);
	const { phone: _, ...rest } = found.data;
	return rest;
};

/** A bad exception day is named and left out; its site is kept with the others. */
const withoutBadDays: Drop = (entry, reject) => {
	const found = z.looseObject({ exceptions: z.array(z.unknown()) }).safeParse(entry);
	if (!found.success) return withPlausibleDates(entry, reject);
	const good: ExceptionDay[] = [];
	for (const [place, day] of found.data.exceptions.entries()) {
		const parsed = exceptionDaySchema.safeParse(day);
		const other = parsed.success ? good.find((one) => overlaps(one, parsed.data)) : undefined;
		if (parsed.success && !other) good.push(parsed.data);
		else {
			const reason = parsed.success
				? `${parsed.data.date} is in the exception of ${other?.date} already; the first one is kept`
				: explainError(parsed.error);
			reject(reason, `exception ${place + 1}`);
		}
	}
	return withPlausibleDates({ ...found.data, exceptions: good }, reject);
};

const overlaps = (one: ExceptionDay, other: ExceptionDay) =>
	one.date <= (other.until ?? other.date) && other.date <= (one.until ?? one.date);

/** Two groups with one letter would give one number to two people: the first keeps it. */
function dropSharedSeries(groups: TopicGroup[], rejected: RejectedEntry[]): TopicGroup[] {
	return groups.filter((group, index) => {
		const first = groups.findIndex(({ series }) => series === group.series) === index;
		if (!first)
			rejected.push({
				file: CATALOGUE_FILES.groups,
				entry: group.id,
				reason: `series ${group.series} belongs to another group`,
			});
		return first;
	});
}

/** Enough to find an entry by; what stands there may be anything. */
const MAX_NAME = 80;

function nameOf(entry: unknown, index: number): string {
	const id = z.object({ id: z.string() }).safeParse(entry);
	return id.success ? id.data.id.slice(0, MAX_NAME) : `number ${index + 1}`;
}

function idsOf(entries: readonly { id: string }[]): Set<string> {
	return new Set(entries.map(({ id }) => id));
}

/** Reads a catalogue's files from a signed document's body. */
export function fileReader(body: Readonly<Record<string, unknown>>): (file: string) => unknown {
	return (file) => {
		if (!Object.hasOwn(body, file)) throw new Error("the file is missing");
		return body[file];
	};
}
