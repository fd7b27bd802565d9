import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { stylesLoaded } from "./lazy-styles.ts";

export interface Lazy<Props> {
	Screen: ComponentType<Props>;
	/** Loads it before it is needed. Resolves whether it succeeded or not. */
	preload(): Promise<void>;
}

const RETRY_MS = 500;
/** Then the visitor sees that it failed. */
const MAX_SILENT_TRIES = 4;

/**
 * A component that is loaded after the first screen. Once loaded, it renders with the touch that opens it. React's lazy
 * would render an empty screen first and wait up to 0.3 s before the next (its throttle of fallbacks), and would never
 * retry a failed import: this one retries until it succeeds.
 */
export function lazy<Props extends object>(
	load: () => Promise<{ default: ComponentType<Props> }>,
	meanwhile: ReactNode = null,
	failed: ReactNode = meanwhile,
): Lazy<Props> {
	let loaded: ComponentType<Props> | undefined;
	const loadOnce = async () => {
		if (loaded) return;
		const module = await load();
		await stylesLoaded();
		loaded = module.default;
	};
	return {
		Screen(props) {
			const [tries, setTries] = useState(0);
			useEffect(() => {
				if (loaded) return;
				let timer: ReturnType<typeof setTimeout> | undefined;
				let unmounted = false;
				const renderAgain = () => !unmounted && setTries(tries + 1);
				loadOnce().then(renderAgain, () => {
					timer = setTimeout(renderAgain, tries === 0 ? 0 : RETRY_MS);
				});
				return () => {
					unmounted = true;
					clearTimeout(timer);
				};
			});
			const Loaded = loaded;
			if (Loaded) return <Loaded {...props} />;
			return tries < MAX_SILENT_TRIES ? meanwhile : failed;
		},
		preload: () => loadOnce().catch(() => {}),
	};
}
