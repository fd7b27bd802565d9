/** How this desk works for whoever sits at it. Kept in the browser. */
export interface DeskSettings {
	/** Single letters as keys (WCAG 2.1.4: whoever dictates or types with one hand switches them off). */
	singleKeys: boolean;
	/** Seconds after a call until serving begins by itself; 0 is never. */
	autoStartSeconds: number;
	/** A sound when somebody waits at this free counter, or a kiosk asks for help. */
	sound: boolean;
	/** The same as a notification of the desktop, while the page is out of sight. */
	notifications: boolean;
}

export const DEFAULT_SETTINGS: DeskSettings = {
	singleKeys: true,
	autoStartSeconds: 0,
	sound: true,
	notifications: false,
};

export const AUTO_START_CHOICES = [0, 15, 30, 60] as const;

/** What was saved, with the defaults for what is missing or of another kind. */
export function readSettings(saved: unknown): DeskSettings {
	const found =
		typeof saved === "object" && saved !== null ? (saved as Partial<Record<keyof DeskSettings, unknown>>) : {};
	const flag = (name: "singleKeys" | "sound" | "notifications") => {
		const value = found[name];
		return typeof value === "boolean" ? value : DEFAULT_SETTINGS[name];
	};
	return {
		singleKeys: flag("singleKeys"),
		sound: flag("sound"),
		notifications: flag("notifications"),
		autoStartSeconds: AUTO_START_CHOICES.find((one) => one === found.autoStartSeconds) ?? 0,
	};
}
