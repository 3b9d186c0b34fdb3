// Keys: single ones, and pairs that start with g.
import { show } from './dialog.js'
import { h } from './dom.js'

const help = [
    ['Everywhere', [['/', 'search'], ['g o', 'overview'], ['g b', 'builds'], ['g q', 'queue'], ['g w', 'workers'],
        ['g s', 'statistics'], ['Esc', 'close, or go up'], ['?', 'this help']]],
    ['In lists', [['j', 'next row'], ['k', 'row before'], ['Enter', 'open it']]],
    ['Of a build or job', [['c', 'cancel'], ['r', 'retry'], ['u', 'up to the build']]],
    ['In a graph', [['← →', 'what it needs, what needs it'], ['↑ ↓', 'its neighbours'], ['+ −', 'zoom'], ['0', 'all of it']]],
    ['In a log', [['l', 'go to the log'], ['/', 'find, while in it'], ['n', 'next match'], ['N', 'match before'],
        ['f', 'follow'], ['e', 'failed phase'], ['g g', 'start'], ['G', 'end']]],
]

const pages = { o: '#/', b: '#/builds', q: '#/queue', w: '#/workers', s: '#/stats' }
let pending = 0

/** Listens. @param commands What single keys do; asked anew at each press. */
export function listen(commands) {
    addEventListener('keydown', event => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
        if (event.target.closest('input, select, textarea, dialog')) {
            if (event.key === 'Escape' && !event.target.closest('dialog')) event.target.blur()
            return
        }
        const act = take(event.key, commands())
        if (!act) return
        event.preventDefault()
        act()
    })
}

function take(key, commands) {
    const isSecond = Date.now() - pending < 1200
    pending = 0
    if (isSecond) {
        if (key === 'g') return commands.gg
        return pages[key] && (() => (location.hash = pages[key]))
    }
    if (key === 'g') return () => (pending = Date.now())
    if (key === 'j') return () => step(1)
    if (key === 'k') return () => step(-1)
    if (key === '?') return showHelp
    return commands[key]
}

function step(by) {
    const rows = [...document.querySelectorAll('[data-row]')].filter(row => row.offsetParent)
    if (!rows.length) return
    const at = rows.indexOf(document.activeElement.closest('[data-row]'))
    const row = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))]
    row.focus()
    row.scrollIntoView({ block: 'nearest' })
}

function showHelp() {
    const keys = text => text.split(' ').map(key => h('kbd', {}, key))
    show('Keys', h('div', { class: 'keys' }, help.map(([title, list]) =>
        h('section', {}, h('h3', {}, title),
            h('dl', {}, list.map(([key, meaning]) => h('div', {}, h('dt', {}, keys(key)), h('dd', {}, meaning))))))))
}
