// The page as a whole: which view is shown, what wakes it, and how it tells its state.
import { build } from './build.js'
import { builds } from './builds.js'
import { announce } from './dialog.js'
import { h, render } from './dom.js'
import { job } from './job.js'
import { listen } from './keyboard.js'
import { overview } from './overview.js'
import { packageView } from './package.js'
import { empty } from './parts.js'
import { queue } from './queue.js'
import { searchBox } from './search.js'
import { guard, identify, whoami } from './session.js'
import { statistics } from './stats.js'
import { Stream } from './stream.js'
import { rough } from './text.js'
import { workers } from './workers.js'
import { key } from './api.js'

const routes = [
    [/^\/?$/, overview], [/^\/builds$/, builds], [/^\/builds\/([^/]+)$/, build], [/^\/jobs\/([^/]+)$/, job], [/^\/queue$/, queue],
    [/^\/workers$/, workers], [/^\/stats$/, statistics], [/^\/packages\/(.+)$/, packageView],
]
const pages = [['#/', 'Overview'], ['#/builds', 'Builds'], ['#/queue', 'Queue'], ['#/workers', 'Workers'], ['#/stats', 'Stats']]
const element = id => document.getElementById(id)
const link = { state: 'connecting' }
let view = null
let failure = null
let loading = null
let isStale = false

/** Shows what the address names. The view before stays until there is something to show. */
async function navigate() {
    const [path, query] = location.hash.slice(1).split('?')
    const [pattern, make] = routes.find(([pattern]) => pattern.test(path)) ?? [/(.*)/, nothing]
    view?.close?.()
    loading?.abort()
    failure = null
    const parameters = path.match(pattern).slice(1).map(decoded)
    const next = make(...parameters, new URLSearchParams(query), { redraw: draw, reload: () => load(next) })
    view = next
    await load(next)
    if (view !== next) return
    scrollTo(0, 0)
    element('main').focus({ preventScroll: true })
    announce(next.title())
}

function decoded(text) {
    try { return decodeURIComponent(text) } catch { return text }
}

const nothing = () => ({ title: () => 'Nothing here', load: async () => {},
    draw: () => empty('There is nothing at this address. ', h('a', { href: '#/' }, 'To the overview')) })

/** Loads what a view shows; several wishes at a time become one more round. */
async function load(target) {
    if (target !== view) return
    if (loading && !loading.signal.aborted) return void (isStale = true)
    const control = (loading = new AbortController())
    element('progress').classList.add('busy')
    try {
        do {
            isStale = false
            await target.load(control.signal)
            failure = null
            if (target === view) draw()
            if (isStale) await new Promise(resolve => setTimeout(resolve, 500))
        } while (isStale && target === view && !control.signal.aborted)
    } catch (error) {
        if (error.name === 'AbortError') return
        if (target === view) {
            failure = error
            draw()
        }
        if (error.status === undefined) throw error
    } finally {
        if (loading === control) {
            loading = null
            element('progress').classList.remove('busy')
        }
    }
}

function draw() {
    if (!view) return
    const isBare = failure && !view.isLoaded?.()
    render(element('main'),
        failure && h('p', { key: 'failure', class: 'failure', role: 'alert' }, failure.status === 401 ? 'The farm shows itself to those who have a key.' : failure.message),
        !isBare && view.draw())
    const title = isBare ? 'bf' : view.title()
    if (document.title !== title) document.title = title
    icon(isBare ? '' : view.state?.() ?? '')
    drawTop()
}

function drawTop() {
    const page = location.hash.split('?')[0] || '#/'
    render(element('nav'), pages.map(([href, name]) =>
        h('a', { href, 'aria-current': page === href || (href === '#/builds' && /^#\/(builds|jobs)\//.test(page)) ? 'page'
            : null }, name)))
    const words = {
        live: ['Live', 'What happens is shown at once.'], connecting: ['Connecting', ''],
        locked: ['Locked', 'The server wants a key.'], refused: ['Refused', 'The key is not accepted.'],
        offline: [link.retryAt ? `Offline, again in ${rough(Math.max(1000, link.retryAt - Date.now()))}` : 'Offline',
            'The server cannot be reached; what is shown may be old.'],
    }
    const [text, title] = words[link.state]
    const { name, role } = whoami()
    render(element('status'),
        h('span', { class: `link ${link.state}`, title }, h('i', {}), h('span', {}, text)),
        (key() || role === undefined || name) && h('button', { class: 'quiet', onclick: askForKey, title: 'Use another key' },
            name ?? role ?? 'Key'))
}

const plainIcon = await (await fetch(document.querySelector('link[rel=icon]').href)).text()
const colours = { running: '#3f7fe0', failed: '#d9404a', success: '#2f9e5a', partial: '#d58a1d' }
let shownIcon = ''

/** The icon of the tab wears the colour of the state. */
function icon(state) {
    if (state === shownIcon) return
    shownIcon = state
    const node = document.querySelector('link[rel=icon]')
    node.dataset.plain ??= node.getAttribute('href')
    const dot = `<circle cx="24" cy="24" r="7" fill="${colours[state]}" stroke="#fff"/></svg>`
    node.setAttribute('href', colours[state] ? `data:image/svg+xml,${encodeURIComponent(plainIcon.replace('</svg>', dot))}` : node.dataset.plain)
}

const askForKey = guard(() => {
    stream.restart()
    load(view)
})

const stream = new Stream({
    status(state, retryAt) {
        const wasOffline = link.state === 'offline'
        Object.assign(link, { state, retryAt })
        if (state === 'live') load(view)
        if (state === 'offline' && !wasOffline) announce('The connection to the farm is lost.')
        drawTop()
    },
    events(events) {
        view?.events?.(events)
        if (events.some(event => event.event === 'reset' || view?.concerns?.(event))) load(view)
        draw()
    },
})

const search = searchBox(element('search'))
listen(() => ({
    '/': () => view.find?.() || search.focus(),
    Escape: () => view.escape?.() || (location.hash = view.up?.() ?? '#/'),
    u: () => (location.hash = view.up?.() ?? '#/'),
    ...view.keys?.(),
}))
addEventListener('hashchange', navigate)
// Times pass also where nothing happens.
setInterval(() => document.hidden || draw(), 1000)
document.addEventListener('visibilitychange', () => document.hidden || draw())

await identify()
stream.run()
navigate()
