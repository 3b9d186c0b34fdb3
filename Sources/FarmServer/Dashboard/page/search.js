// One box for ids and names. What looks like an id is opened; names are offered while they are written.
import { get } from './api.js'
import { h, render } from './dom.js'
import { mark, nameOf, stateOf, toBuild, toJob, toPackage, when } from './parts.js'

/** Draws the box into a node. */
export function searchBox(place) {
    const state = { text: '', hits: [], at: -1, isOpen: false }
    let timer = 0
    let asked = 0

    const go = href => {
        Object.assign(state, { text: '', hits: [], isOpen: false, at: -1 })
        location.hash = href
        place.querySelector('input').blur()
        draw()
    }

    async function ask() {
        const text = state.text.trim()
        const number = ++asked
        const hits = text ? await candidates(text) : []
        if (number !== asked) return
        Object.assign(state, { hits, at: hits.length ? 0 : -1, isOpen: true })
        draw()
    }

    const keys = event => {
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            const by = event.key === 'ArrowDown' ? 1 : -1
            if (state.hits.length) state.at = (state.at + by + state.hits.length) % state.hits.length
            draw()
        } else if (event.key === 'Enter') {
            const hit = state.hits[state.at]
            const direct = addressOf(state.text.trim())
            if (direct || hit) go(direct ?? hit.href)
        } else if (event.key === 'Escape') {
            state.isOpen = false
            draw()
        }
    }

    const write = event => {
        state.text = event.target.value
        clearTimeout(timer)
        timer = setTimeout(ask, 120)
    }

    function draw() {
        const isOpen = state.isOpen && state.text.trim() !== ''
        render(place,
            h('input', {
                type: 'search', placeholder: 'Search ids and names', 'aria-label': 'Search ids and names', role: 'combobox',
                'aria-expanded': String(isOpen), 'aria-controls': 'hits',
                'aria-activedescendant': isOpen && state.at >= 0 ? `hit-${state.at}` : null, autocomplete: 'off',
                spellcheck: 'false', value: state.text,
                oninput: write, onkeydown: keys, onblur: close,
            }),
            h('kbd', { 'aria-hidden': 'true' }, '/'),
            isOpen && h('ul', { id: 'hits', role: 'listbox', 'aria-label': 'Found' },
                state.hits.map((hit, index) => h('li',
                    { id: `hit-${index}`, role: 'option', 'aria-selected': String(index === state.at),
                    onpointerdown: event => { event.preventDefault(); go(hit.href) } }, hit.content)),
                !state.hits.length && h('li', { class: 'hint', role: 'option', 'aria-disabled': 'true' }, 'Nothing found')))
    }

    const close = () => setTimeout(() => { state.isOpen = false; draw() }, 150)
    draw()
    return { focus: () => place.querySelector('input').select() }
}

/** Where an id leads. */
function addressOf(text) {
    if (/^b-[0-9a-z]+$/.test(text)) return toBuild(text)
    if (/^j-[0-9a-z]+$/.test(text)) return toJob(text)
    return undefined
}

async function candidates(text) {
    const direct = addressOf(text)
    if (direct) return [{ href: direct, content: [`Open ${text}`] }]
    const { jobs } = await get('/jobs', { name: `*${text}*`, limit: 40 }).catch(() => ({ jobs: [] }))
    const names = [...new Set(jobs.map(job => job.name))].slice(0, 4)
    return [
        ...names.map(name => ({ href: toPackage(name), content: [h('b', {}, name), h('small', {}, 'all its builds')] })),
        ...jobs.slice(0, 6).map(job => ({ href: toJob(job.id),
            content: [mark(stateOf(job)), h('span', {}, nameOf(job)), h('small', {}, job.ended ? when(job.ended) : job.state)] })),
    ]
}
