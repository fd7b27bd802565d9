import { hash } from "node:crypto";

/** A visit's source: where it is known from, and for one time of an event that repeats, which. */
export function sourceOfInstance(event: string, recurrenceId: string): string {
	return recurrenceId === "" ? event : `${event}${SEPARATOR}${recurrenceId}`;
}

/**
 * As it is stored: of the ids of other systems only the digest, with the time of the instance behind it. So all that
 * stands under one event is a range of the index.
 */
export function storedSource(source: string): string {
	const event = eventOf(source);
	const digest = hash("sha256", event);
	if (event === source) return digest;
	const recurrenceId = source.slice(event.length + SEPARATOR.length);
	return `${digest} ${INSTANT.test(recurrenceId) ? recurrenceId : hash("sha256", recurrenceId)}`;
}

const DIGEST_LENGTH = 64;
export const storedEventOf = (stored: string): string => stored.slice(0, DIGEST_LENGTH);
export const isStoredInstance = (stored: string): boolean => stored.length > DIGEST_LENGTH;

/** Stored sources from the first up to, but not with, the second: one that was told and, of an event, each of its times. */
export const rangeUnder = (stored: string): readonly [string, string] => [stored, `${stored}!`];

/** Whether it is one time of an event that repeats. */
export const isInstance = (source: string): boolean => source.includes(SEPARATOR);
/** The source of the whole event. */
export const eventOf = (source: string): string => source.split(SEPARATOR)[0] ?? "";

const SEPARATOR = "\n";
const INSTANT = /^[\dTZ:.-]+$/;
