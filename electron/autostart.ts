import type { App } from "electron";

/** Windows and macOS start the installed shell when its user signs in; on Linux the package's own entry does. */
export function startWithSystem(
	app: Pick<App, "isPackaged" | "setLoginItemSettings">,
	{ platform, mayLeave }: { platform: NodeJS.Platform; mayLeave: boolean },
): void {
	if (app.isPackaged && !mayLeave && platform !== "linux") app.setLoginItemSettings({ openAtLogin: true });
}
