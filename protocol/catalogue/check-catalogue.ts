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
import { dropMissingTexts } from "./missing-texts.ts";
import type { RejectedEntry } from "./rejected-entry.ts";
import { type ExceptionDay, exceptionDaySchema } from "./schedule.ts";
import { dropInvalidDetails } from "./service-details.ts";
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
	const readList = <T extends { id: string }>(file: string, schema: z.ZodType<T>): T[] =>
		validEntries(file, readJson(file), schema, rejected);

	const notOffered: CheckedCatalogue["notOffered"] = [];
	const organizations = readList(CATALOGUE_FILES.organizations, organizationSchema);
	const groups = dropSharedSeries(readList(CATALOGUE_FILES.groups, topicGroupSchema), rejected);
	const documents = idsOf(readList(CATALOGUE_FILES.documents, documentSchema));
	const translations = LANGUAGES.flatMap((language) => {
		const file = `translations/${language}.json`;
		return readTranslations(language, file, readJson(file), rejected);
	});
	const readServices = (): Service[] => {
		const file = CATALOGUE_FILES.services;
		const json = readJson(file);
		const withoutBadDetails = Array.isArray(json)
			? json.map((entry, index) =>
					dropInvalidDetails(entry, (reason) => rejected.push({ file, entry: nameOf(entry, index), reason })),
				)
			: json;
		return validEntries(file, withoutBadDetails, serviceSchema, rejected);
	};
	const referring = readServices().filter((service) => {
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
	const locationsJson = withoutBadDays(readJson(CATALOGUE_FILES.locations), rejected);
	const locations = validEntries(CATALOGUE_FILES.locations, locationsJson, locationSchema, rejected).flatMap(
		(location) => {
			const offered = location.services.filter((id) => idsOf(services).has(id));
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
		},
	);
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
		if (!parsed.success)
			rejected.push({ file, entry: nameOf(entry, index), reason: z.prettifyError(parsed.error).replaceAll("\n", " ") });
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

/** A bad exception day is named and left out; its site is kept with the others. */
function withoutBadDays(json: unknown, rejected: RejectedEntry[]): unknown {
	if (!Array.isArray(json)) return json;
	return json.map((entry: unknown, index) => {
		const found = z.looseObject({ exceptions: z.array(z.unknown()) }).safeParse(entry);
		if (!found.success) return entry;
		const good: ExceptionDay[] = [];
		for (const [place, day] of found.data.exceptions.entries()) {
			const parsed = exceptionDaySchema.safeParse(day);
			const other = parsed.success ? good.find((one) => overlaps(one, parsed.data)) : undefined;
			if (parsed.success && !other) good.push(parsed.data);
			else
				rejected.push({
					file: CATALOGUE_FILES.locations,
					entry: `${nameOf(entry, index)}, exception ${place + 1}`,
					reason: parsed.success
						? `${parsed.data.date} is in the exception of ${other?.date} already; the first one is kept`
						: z.prettifyError(parsed.error).replaceAll("\n", " "),
				});
		}
		return { ...found.data, exceptions: good };
	});
}

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

function nameOf(entry: unknown, index: number): string {
	const id = z.object({ id: z.string() }).safeParse(entry);
	return id.success ? id.data.id : `number ${index + 1}`;
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
