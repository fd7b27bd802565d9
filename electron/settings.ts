/** The settings of the shell itself; everything else is the station's configuration. */
export interface ShellSettings {
	/** The folder for Chromium's own files; undefined is Electron's usual one. */
	profile: string | undefined;
	/** True in the demo: the person in front of the window may close it. */
	mayLeave: boolean;
	/** What restarts the shell: itself, or the command that started it, which waits for RESTART_EXIT_CODE. */
	restartedBy: "itself" | "its-command";
}

export function readShellSettings(env: Readonly<Record<string, string | undefined>>): ShellSettings {
	return {
		profile: env.PAIHAO_SHELL_PROFILE || undefined,
		mayLeave: env.PAIHAO_SHELL_MAY_LEAVE === "1",
		restartedBy: env.PAIHAO_SHELL_COMMAND === "1" ? "its-command" : "itself",
	};
}
