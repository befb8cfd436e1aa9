// Lighthouse for several pages with one browser: reads a job as JSON from the standard input, writes a report for each.
//
// {"chromium": "/usr/bin/chromium", "flags": ["--headless=new"], "categories": ["accessibility"], "pages": [{"name": "home", "url": "…", "cookie": ""}]}
//
// The report of a page is a line, written as soon as it is known, so that a long run shows where it is.

import { readFileSync } from "node:fs";

import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

// Without performance there is nothing to wait for: the page stands as soon as it is there.
const AT_ONCE = { pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 0, cpuQuietThresholdMs: 0 };
const NUMBERS = {
    lcp: "largest-contentful-paint",
    tbt: "total-blocking-time",
    cls: "cumulative-layout-shift",
};

function failed(report) {
    const found = [];
    for (const category of Object.values(report.categories)) {
        if (category.id === "performance") continue;
        for (const { id, weight } of category.auditRefs) {
            const audit = report.audits[id];
            if (weight && audit.score !== null && audit.score < 1) {
                const where = (audit.details?.items ?? []).map((item) => item.node?.selector ?? item.source ?? "");
                found.push(`${category.id}: ${audit.title} ${where.filter(Boolean).slice(0, 3).join(", ")}`.trim());
            }
        }
    }
    return found;
}

const job = JSON.parse(readFileSync(0, "utf8"));
const chrome = await launcher.launch({
    chromePath: job.chromium,
    chromeFlags: job.flags,
    ignoreDefaultFlags: true,
    logLevel: "silent",
});
try {
    const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${chrome.port}`, defaultViewport: null });
    for (const page of job.pages) {
        // A visitor of their own for each: a cookie that an earlier page left would be sent in place of this one.
        const visitor = await browser.createBrowserContext();
        const tab = await visitor.newPage();
        const [name, value] = page.cookie.split("=");
        if (value) await tab.setCookie({ name, value, url: page.url, httpOnly: true });
        const flags = {
            logLevel: "silent",
            output: "json",
            onlyCategories: job.categories,
            disableFullPageScreenshot: true,
            ...(job.categories.includes("performance") ? {} : AT_ONCE),
        };
        const result = await lighthouse(page.url, flags, undefined, tab);
        await visitor.close();
        const { categories, audits, runtimeError, finalDisplayedUrl } = result.lhr;
        const told = {
            name: page.name,
            address: finalDisplayedUrl,
            error: runtimeError?.message ?? "",
            scores: Object.fromEntries(Object.values(categories).map(({ id, score }) => [id, score])),
            failed: failed(result.lhr),
        };
        for (const [name, id] of Object.entries(NUMBERS)) told[name] = audits[id]?.numericValue ?? null;
        process.stdout.write(`${JSON.stringify(told)}\n`);
    }
} finally {
    await chrome.kill();
}
