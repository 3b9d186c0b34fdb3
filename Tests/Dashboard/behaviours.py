"""The dashboard as people use it. Usage: behaviours.py ADDRESS FOLDER-FOR-PICTURES; bf's tools, BF_STATE and BF_LOCKED in the environment."""

import json
import os
import subprocess
import sys
import time
import urllib.request

from browser import Browser

address, pictures = sys.argv[1:]
api = address + "/api/v1/native"
documents = os.path.join(os.path.dirname(os.path.abspath(__file__)), "documents")
failures = []
passed = 0


def check(what, condition, found=""):
    global passed
    if condition:
        passed += 1
    else:
        failures.append(what)
        print(f"FAILED {what}" + (f"\n    got: {found}" if found != "" else ""))


def get(path):
    with urllib.request.urlopen(api + path) as answer:
        return json.load(answer)


def submit(name, *options):
    with open(os.path.join(documents, name), encoding="utf-8") as file:
        out = subprocess.run(
            ["bf-submit", "-q", "--format", "ndjson", *options, "-"], stdin=file, capture_output=True, check=True
        ).stdout
    return json.loads(out.splitlines()[0])["id"]


def job_of(build, name):
    return next(job for job in get(f"/builds/{build}/jobs?limit=1000")["jobs"] if job["name"] == name)


def run_farm(*options):
    return subprocess.Popen(["bf-run", "-q", *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def await_end(build, seconds=120):
    end = time.monotonic() + seconds
    while get(f"/builds/{build}")["state"] in ("pending", "running"):
        assert time.monotonic() < end, f"{build} does not end"
        time.sleep(0.1)


TEXT = "return document.getElementById('main').innerText"
LIVE = "return document.querySelector('#status .link.live') !== null"
BODY = "return getComputedStyle(document.body).backgroundColor"


def overview(page):
    page.open(address + "/")
    check("overview: live", page.comes(LIVE))
    check("overview: an empty farm says how to begin", page.comes(TEXT + ".includes('bf-submit')"))
    page.run("window.isSame = true")
    build = submit("waiting.yaml", "--label", "needs=lion")
    check("overview: a new build appears by itself", page.comes(TEXT + ".includes('needs=lion')"))
    check("overview: the page was not loaded again", page.run("return window.isSame === true"))
    check("overview: the queue says why", page.comes(TEXT + ".includes('no runner is at work')"))
    return build


def graph(page):
    build = submit("graph.ndjson", "--label", "graph")
    page.open(f"{address}/#/builds/{build}")
    check("build: a node for each job", page.comes("return document.querySelectorAll('.graph .node').length === 60"))
    check("build: nothing runs yet", page.run("return document.querySelectorAll('.graph .node.pending').length") == 60)
    page.run("window.isSame = true")
    farm = run_farm("--jobs", "4", "--isolation", "none", build)
    check("build: jobs that run are seen", page.comes("return document.querySelectorAll('.graph .node.running').length > 0"))
    check("build: the title tells", page.comes("return document.title.includes('running')"))
    page.picture(f"{pictures}/build.png")
    farm.wait()
    check("build: its end is seen", page.comes("return document.title.startsWith('partial')"), page.run("return document.title"))
    check("build: it was not loaded again", page.run("return window.isSame === true"))
    states = page.run("return [...document.querySelectorAll('.graph .node')].map(node => node.classList[1])")
    check("build: one failed", states.count("failed") == 1, states.count("failed"))
    check("build: those above it were skipped", states.count("skipped") > 0)
    check("build: failed jobs come first", page.run("return document.querySelector('.row.job .mark').classList.contains('failed')"))
    levels = page.run(
        "return [...document.querySelectorAll('.graph .node')].map(node => [node.getAttribute('aria-label').split(',')[0], node.getCTM().e])"
    )
    places = dict(levels)
    with open(os.path.join(documents, "graph.ndjson"), encoding="utf-8") as file:
        needs = {job["name"]: job.get("needs", []) for job in map(json.loads, file)}
    check("build: needs are to the left", all(places[need] < places[name] for name in needs for need in needs[name]))
    check("build: retry is offered", page.run("return document.querySelector('.heading .buttons').innerText.includes('Retry')"))
    page.run("document.querySelector('.graph .node').focus()")
    page.press("ArrowDown")
    check("build: arrow keys walk the graph", page.run("return document.activeElement.classList.contains('node')"))
    return build


def hostile_log(page):
    build = submit("log.yaml", "--label", "log")
    run_farm("--isolation", "none", build).wait()
    job = job_of(build, "colours")
    page.open(f"{address}/#/jobs/{job['id']}")
    check("log: shown", page.comes("return document.querySelectorAll('.lines .line').length > 10"))
    check("log: opens where it failed", page.comes("return document.querySelector('.lines').innerText.includes('undefined reference')"))
    page.press("g", "g")
    check("log: g g goes to its start", page.comes("return document.querySelector('.lines').innerText.startsWith('1\\nfetching')"))
    text = page.run("return document.querySelector('.lines').innerText")
    check("log: markup is text", "<script>document.title='owned'</script><img src=x onerror=alert(1)>" in text, text[:400])
    check("log: no markup became an element", page.run("return document.querySelectorAll('main img, main script').length") == 0)
    check("log: sequences are dropped", "after a title, after a jump, done" in text and "\x1b" not in text and "evil title" not in text)
    check("log: marks of direction are made visible", "\u202e" not in text and "\ufffd" in text)
    check("log: what was overwritten is gone", "progress 100%" in text and "progress 50%" not in text)
    red = page.run("return getComputedStyle([...document.querySelectorAll('.lines span')].find(span => span.innerText === 'red')).color")
    check("log: colours", red != page.run("return getComputedStyle(document.querySelector('.lines')).color"), red)
    check("log: a colour of 24 bits", page.run("return [...document.querySelectorAll('.lines span')].some(span => span.style.color === 'rgb(120, 180, 255)')"))
    check("log: lines are counted", page.comes("return document.querySelector('.log header').innerText.includes('3,008 lines')"))
    check("log: only lines in sight exist", page.run("return document.querySelectorAll('.lines .line').length") < 200)
    page.press("e")
    check("log: e goes to the failed phase", page.comes("return document.querySelector('.lines .line').innerText.includes('red')"))
    page.press("/", *"frobnicate")
    check("log: finds", page.comes("return document.querySelector('.find output').innerText === '1 / 1'"))
    check("log: goes there", page.comes("return document.querySelector('.lines .line.at mark')?.innerText === 'frobnicate'"))
    page.run("document.querySelector('.find input').select()")
    page.press(*"file_29", "Enter", "Enter")
    check("log: walks through matches", page.comes("return document.querySelector('.find output').innerText.endsWith('/ 111')"))
    page.run("[...document.querySelectorAll('.find button')].at(-1).click()")
    check(
        "log: filters",
        page.comes("return document.querySelectorAll('.lines .line').length > 5 && [...document.querySelectorAll('.lines .line')].every(line => line.innerText.includes('file_29'))"),
    )
    page.picture(f"{pictures}/log.png")
    check("job: says how it failed", "phase compile failed with exit code 2" in page.run(TEXT))
    return job["id"]


def following_log(page):
    build = submit("slow.yaml")
    farm = run_farm("--isolation", "none", build)
    page.open(f"{address}/#/jobs/{job_of(build, 'slow')['id']}")
    check("log: follows", page.comes("return document.querySelector('.lines')?.innerText.includes('tick 100')"))
    seen = page.run("return document.querySelector('.lines').innerText")
    check("log: is at the end", "tick 1\n" not in seen)
    farm.wait()
    check("log: ends", page.comes("return document.querySelector('.lines').innerText.includes('the end')"))
    check("job: its end is seen", page.comes("return document.title.startsWith('success')"))
    check("job: its files can be had", page.comes("return document.querySelector('.artifacts') !== null"))


def keyboard(page, waiting):
    page.open(address + "/")
    page.comes(LIVE)
    page.press("g", "b")
    check("keys: g b", page.comes("return location.hash === '#/builds' && document.querySelectorAll('.row.build').length > 2"))
    page.press("?")
    check("keys: help", page.comes("return document.querySelector('dialog .keys') !== null"))
    page.picture(f"{pictures}/help.png")
    page.press("Escape")
    check("keys: Esc closes", page.comes("return document.querySelector('dialog') === null"))
    rows = page.run("return [...document.querySelectorAll('.row.build')].map(row => row.getAttribute('href'))")
    page.press(*["j"] * (rows.index(f"#/builds/{waiting}") + 1), "Enter")
    check("keys: j and Enter open a build", page.comes("return location.hash === arguments[0]", f"#/builds/{waiting}"))
    page.comes("return document.querySelector('.heading .danger') !== null")
    page.press("c")
    check("keys: c asks first", page.comes("return document.activeElement?.innerText === 'Cancel the build'"))
    page.press("Enter")
    check("keys: cancelled", page.comes("return document.title.startsWith('cancelled')"), page.run("return document.title"))
    check("keys: the farm knows", get(f"/builds/{waiting}")["state"] == "cancelled")
    page.press("/", *"colours")
    check("keys: search offers names", page.comes("return document.querySelectorAll('#hits [role=option]').length > 1"))
    page.press("Enter")
    check("keys: search opens", page.comes("return location.hash === '#/packages/colours'"))


def shapes(page, build, job):
    """Every view at 360 px, and in the dark."""
    light = page.run(BODY)
    views = {"overview": "#/", "builds": "#/builds", "build": f"#/builds/{build}", "job": f"#/jobs/{job}", "queue": "#/queue"}
    views |= {"workers": "#/workers", "stats": "#/stats", "package": "#/packages/colours"}
    for scheme, width, height in (("light", 1360, 900), ("dark", 1360, 900), ("light", 360, 740), ("dark", 360, 740)):
        page.resize(width, height, width < 500)
        page.prefer(scheme)
        for name, place in views.items():
            page.open("about:blank")
            page.open(f"{address}/{place}")
            check(f"{name}: shown", page.comes(LIVE) and page.comes("return document.querySelector('main h1') !== null"))
            time.sleep(0.4)
            wide = page.run("return document.documentElement.scrollWidth")
            check(f"{name}: no wider than {width} px", wide <= width, wide)
            page.picture(f"{pictures}/{name}-{scheme}-{width}.png")
        check(f"{scheme}: ground", (page.run(BODY) == light) == (scheme == "light"), page.run(BODY))
    page.resize(1360, 900)
    page.prefer("light")


def offline(page):
    page.open(address + "/")
    page.comes(LIVE)
    page.connect(False)
    check("offline: says so", page.comes("return document.querySelector('#status .link.offline') !== null"))
    check("offline: shows what it has", page.run("return document.querySelectorAll('.row.build').length") > 0)
    build = submit("waiting.yaml", "--label", "meanwhile")
    page.connect(True)
    check("offline: is live again", page.comes(LIVE))
    check("offline: catches up", page.comes(TEXT + ".includes('meanwhile')"))
    page.console()
    return build


def key_form(page):
    """A server that wants keys: BF_LOCKED is its address, BF_READER a key that may only look."""
    locked, key = os.environ["BF_LOCKED"], os.environ["BF_READER"]
    page.open(locked + "/")
    check("key: asked for", page.comes("return document.activeElement?.type === 'password'"))
    page.picture(f"{pictures}/key.png")
    page.press(*"wrong", "Enter")
    check("key: a wrong one is asked for again", page.comes("return document.querySelector('dialog')?.innerText.includes('not accepted')"))
    page.press(*key, "Enter")
    check("key: lets in", page.comes(LIVE) and page.comes(TEXT + ".includes('graph')"))
    check("key: is not in the address or a cookie", page.run("return !document.cookie && !location.href.includes('bf_')"))
    build = submit("waiting.yaml", "--label", "locked")
    check("key: live, too", page.comes(TEXT + ".includes('locked')"))
    page.run("location.hash = arguments[0]", f"#/builds/{build}")
    check("key: the build is shown", page.comes("return document.title.startsWith('pending')"))
    check("key: who may only look has no button to cancel", page.run("return document.querySelector('.heading .danger') === null"))


def main():
    with Browser() as page:
        waiting = overview(page)
        build = graph(page)
        job = hostile_log(page)
        following_log(page)
        keyboard(page, waiting)
        shapes(page, build, job)
        said = page.console()
        check("console: says nothing", not said, "\n".join(said))
        offline(page)
        key_form(page)
        unexpected = [line for line in page.console() if "401" not in line]
        check("console: says nothing but of the missing key", not unexpected, "\n".join(unexpected))
    print(f"dashboard: {passed} passed, {len(failures)} failed; pictures in {pictures}")
    sys.exit(1 if failures else 0)


main()
