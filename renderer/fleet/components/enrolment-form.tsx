import { type FormEvent, useEffect, useRef, useState } from "react";
import shared from "../fleet.module.css";
import { messageOfCode } from "../messages/messages.ts";
import type { Names } from "../state/catalogue-names.ts";
import styles from "./enrolment-form.module.css";
import { QrCode } from "./qr-code.tsx";
import type { ViewProps } from "./view-props.ts";

/** Suggested sites while IT types. */
const MAX_SUGGESTIONS = 50;

/** The first enrolment code of a site. A station's card makes further ones. */
export function EnrolmentForm(props: ViewProps & { names: Names }) {
	const { state, t, dispatch, names } = props;
	const { code, enrolling, refused, chosen } = state;
	return (
		<>
			{enrolling && <ChooseSite {...props} />}
			{refused !== null && chosen === null && (
				<p role="alert" className={shared.refusal}>
					{messageOfCode(t, "refused", refused.code)}
				</p>
			)}
			{code !== null && (
				<CreatedCode
					{...code}
					site={names.site(code.site) ?? code.site}
					t={t}
					close={() => dispatch({ type: "code", code: null })}
				/>
			)}
		</>
	);
}

function ChooseSite({ state, fleet, t, dispatch, names }: ViewProps & { names: Names }) {
	const [typed, setTyped] = useState("");
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => field.current?.focus(), []);
	const withStation = new Set<string>(state.snapshot.stations.map(({ site }) => site));
	const free = names.sites.filter((id) => !withStation.has(id));
	const query = typed.trim().toLowerCase();
	const matching = free.filter((id) => id.includes(query) || names.site(id)?.toLowerCase().includes(query));
	// A name chosen from the list means its site.
	const site = free.find((id) => names.site(id) === typed.trim()) ?? query;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (site !== "") void fleet.makeCode(site);
	};
	return (
		<form className={styles.choose} onSubmit={submit}>
			<label>
				<span>{t("newSite")}</span>
				<input
					ref={field}
					value={typed}
					list="sites-without-station"
					maxLength={90}
					autoComplete="off"
					spellCheck={false}
					required
					onChange={(event) => setTyped(event.currentTarget.value)}
				/>
			</label>
			<datalist id="sites-without-station">
				{matching.slice(0, MAX_SUGGESTIONS).map((id) => (
					<option key={id} value={id}>
						{names.site(id)}
					</option>
				))}
			</datalist>
			<button type="submit" className={shared.primary}>
				{t("makeCode")}
			</button>
			<button type="button" className={shared.quiet} onClick={() => dispatch({ type: "enrolling", enrolling: false })}>
				{t("back")}
			</button>
			<p className={shared.hint}>{t("siteHint", { count: free.length })}</p>
		</form>
	);
}

/** The code as text to read out and as a QR code for a scanner at the station's setup page. */
function CreatedCode({ site, code, t, close }: { site: string; code: string; t: ViewProps["t"]; close(): void }) {
	return (
		<div className={styles.code} role="status">
			<div>
				<p>
					<span>{t("codeFor", { site })}</span> <strong className={styles.madeCode}>{code}</strong>
				</p>
				<p className={shared.hint}>{t("codeHint")}</p>
				<code>
					paihao enrol --data DIR --server {location.origin} --code {code}
				</code>
			</div>
			<QrCode text={`${location.origin}#${code.replaceAll("-", "")}`} label={t("codeImage")} />
			<button type="button" className={shared.quiet} onClick={close}>
				{t("close")}
			</button>
		</div>
	);
}
