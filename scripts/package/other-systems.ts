/** The shell's packages by the system that builds them (electron-builder.yml). */
const SHELL_PACKAGES = {
	linux: { name: "Linux", what: ".deb and AppImage" },
	win32: { name: "Windows", what: "installers (NSIS for one user, MSI for group policy)" },
	darwin: { name: "macOS", what: ".dmg" },
} as const;

/** A sentence for each package of the shell that another system builds. */
export function packagesOfOtherSystems(platform: NodeJS.Platform): string[] {
	return Object.entries(SHELL_PACKAGES)
		.filter(([system]) => system !== platform)
		.map(([, { name, what }]) => `Not built here: the shell's ${what} for ${name}. Run npm run package on ${name}.`);
}
