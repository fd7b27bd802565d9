import { retryUntilLoaded } from "../effects/retry-until-loaded.ts";

let coming: Promise<unknown> = Promise.resolve();

/** Over when every style sheet that once failed to come is here. The bundler's own loader asks for none of them twice. */
export const stylesHere = () => coming;

function askAgain(link: Node): Promise<void> {
	return new Promise((here, failed) => {
		const copy = link.cloneNode() as HTMLLinkElement;
		copy.dataset.again = "";
		copy.onload = () => here();
		copy.onerror = () => {
			copy.remove();
			failed();
		};
		document.head.append(copy);
	});
}

addEventListener(
	"error",
	({ target }) => {
		if (!(target instanceof HTMLLinkElement) || target.dataset.again !== undefined) return;
		coming = Promise.all([coming, retryUntilLoaded(() => askAgain(target))]);
	},
	{ capture: true },
);
