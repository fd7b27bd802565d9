import { retryUntilLoaded } from "../effects/retry.ts";

let loading: Promise<unknown> = Promise.resolve();

/** Resolves when every style sheet that failed before is loaded. The bundler's own loader never retries one. */
export const stylesLoaded = () => loading;

function reload(link: Node): Promise<void> {
	return new Promise((resolve, reject) => {
		const copy = link.cloneNode() as HTMLLinkElement;
		copy.dataset.reloaded = "";
		copy.onload = () => resolve();
		copy.onerror = () => {
			copy.remove();
			reject();
		};
		document.head.append(copy);
	});
}

addEventListener(
	"error",
	({ target }) => {
		if (!(target instanceof HTMLLinkElement) || target.dataset.reloaded !== undefined) return;
		loading = Promise.all([loading, retryUntilLoaded(() => reload(target))]);
	},
	{ capture: true },
);
