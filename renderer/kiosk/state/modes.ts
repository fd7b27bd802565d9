/** Aids that a visitor switches on for the time of their visit. */
export const MODES = ["reach", "text", "contrast", "readAloud"] as const;
export type Mode = (typeof MODES)[number];
export type Modes = Readonly<Record<Mode, "on" | "off">>;
export const MODES_OFF: Modes = { reach: "off", text: "off", contrast: "off", readAloud: "off" };
