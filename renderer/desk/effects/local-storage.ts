import { isStaffLanguage, type StaffLanguage } from "../../i18n/staff-languages.ts";
import { DEFAULT_SETTINGS, type DeskSettings, readSettings } from "../state/desk-settings.ts";
import type { Session } from "../state/state.ts";

/** What the browser saves: the session for this tab; language and counter for this machine. No personal data. */

const SESSION = "paihao.desk.session";
const LANGUAGE = "paihao.desk.language";
const COUNTER = "paihao.desk.counter";
const SETTINGS = "paihao.desk.settings";

export function savedSession(storage: Storage): Session | null {
	try {
		const saved: unknown = JSON.parse(storage.getItem(SESSION) ?? "null");
		return isSession(saved) ? saved : null;
	} catch {
		return null;
	}
}

export function saveSession(storage: Storage, session: Session | null): void {
	if (session === null) storage.removeItem(SESSION);
	else storage.setItem(SESSION, JSON.stringify(session));
}

export function savedSettings(storage: Storage): DeskSettings {
	try {
		return readSettings(JSON.parse(storage.getItem(SETTINGS) ?? "null"));
	} catch {
		return DEFAULT_SETTINGS;
	}
}

export function saveSettings(storage: Storage, settings: DeskSettings): void {
	storage.setItem(SETTINGS, JSON.stringify(settings));
}

export function savedLanguage(storage: Storage): StaffLanguage {
	const saved = storage.getItem(LANGUAGE);
	return isStaffLanguage(saved) ? saved : "zh-Hans";
}

export function saveLanguage(storage: Storage, language: StaffLanguage): void {
	storage.setItem(LANGUAGE, language);
}

/** A desk's machine rarely changes its counter, so the last one is preselected. */
export function savedCounter(storage: Storage): string | null {
	return storage.getItem(COUNTER);
}

export function saveCounter(storage: Storage, counter: string): void {
	storage.setItem(COUNTER, counter);
}

function isSession(saved: unknown): saved is Session {
	if (typeof saved !== "object" || saved === null) return false;
	const { token, staff, role, counter, expiresAt } = saved as Partial<Record<keyof Session, unknown>>;
	return [token, staff, role, counter].every((text) => typeof text === "string") && typeof expiresAt === "number";
}
