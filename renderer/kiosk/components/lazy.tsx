import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { stylesHere } from "./lazy-styles.ts";

export interface Lazy<Props> {
	Screen: ComponentType<Props>;
	/** Fetches it before it is needed; ends whether it came or not. */
	hold(): Promise<void>;
}

const TRIED_AGAIN_AFTER = 500;
/** Whoever waits that long in vain is told. */
const TOLD_AFTER_TRIES = 4;

/**
 * A screen that is fetched after the first one. Once it is here it is drawn with the touch that asks for it. React's
 * lazy would draw an empty screen first and wait up to 0.3 s before the next (its throttle of fallbacks), and a fetch
 * that failed once would have failed for ever: here it is fetched again until it comes.
 */
export function late<Props extends object>(
	fetch: () => Promise<{ default: ComponentType<Props> }>,
	meanwhile: ReactNode = null,
	failed: ReactNode = meanwhile,
): Lazy<Props> {
	let here: ComponentType<Props> | undefined;
	const load = async () => {
		if (here) return;
		const module = await fetch();
		await stylesHere();
		here = module.default;
	};
	return {
		Screen(props) {
			const [tries, setTries] = useState(0);
			useEffect(() => {
				if (here) return;
				let timer: ReturnType<typeof setTimeout> | undefined;
				let gone = false;
				const drawAgain = () => !gone && setTries(tries + 1);
				load().then(drawAgain, () => {
					timer = setTimeout(drawAgain, tries === 0 ? 0 : TRIED_AGAIN_AFTER);
				});
				return () => {
					gone = true;
					clearTimeout(timer);
				};
			});
			const Shown = here;
			if (Shown) return <Shown {...props} />;
			return tries < TOLD_AFTER_TRIES ? meanwhile : failed;
		},
		hold: () => load().catch(() => {}),
	};
}
