import type { Plugin } from "vite";

interface WebManifest {
	icons: { src: string }[];
}

/** The build gives icons names with their content's hash and does not look into manifests: their icons get those names. */
export function manifestIcons(): Plugin {
	return {
		name: "manifest-icons",
		enforce: "post",
		generateBundle(_options, bundle) {
			const assets = Object.values(bundle).filter((file) => file.type === "asset");
			const builtNameOf = (icon: string) => {
				const found = assets.find(({ originalFileNames }) =>
					originalFileNames.some((name) => name.endsWith(`/${icon}`)),
				);
				if (found === undefined) throw new Error(`The manifest's icon ${icon} is not in the build.`);
				// Beside the manifest.
				return found.fileName.slice(found.fileName.lastIndexOf("/") + 1);
			};
			for (const file of assets.filter(({ fileName }) => fileName.endsWith(".webmanifest"))) {
				const manifest: WebManifest = JSON.parse(String(file.source));
				const icons = manifest.icons.map((icon) => ({ ...icon, src: builtNameOf(icon.src) }));
				file.source = JSON.stringify({ ...manifest, icons });
			}
		},
	};
}
