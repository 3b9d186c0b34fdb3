// Builds: one as a row, and all of them as a list that can be narrowed.
import { get } from './api.js'
import { h } from './dom.js'
import { bar, elapsed, empty, ended, eta, mark, panel, row, toBuild, when } from './parts.js'
import { count, plural } from './text.js'

/** A build as a row of a list. */
export function buildRow(build) {
    const isOver = build.ended !== undefined
    return row(toBuild(build.id), { key: build.id, class: 'build' },
        mark(build.state),
        h('span', { class: 'what' }, h('b', {}, (build.labels ?? []).join(' ') || build.key || plural(build.jobs, 'job')),
            h('small', {}, h('code', {}, build.id), build.owner && ` · ${build.owner}`, build.paused && ' · paused',
                build.cancelling && ' · being cancelled')),
        bar(build),
        h('span', { class: 'counts' }, build.failed > 0 && h('span', { class: 'failed' }, `${count(build.failed)} failed`),
            h('span', {}, isOver ? plural(build.jobs, 'job') : `${count(ended(build))} / ${count(build.jobs)}`)),
        h('span', { class: 'time' }, isOver ? elapsed(build) : eta(build) ?? elapsed(build)),
        h('span', { class: 'age' }, when(build.ended ?? build.created)))
}

const choices = [['', 'All'], ['running,pending', 'Under way'], ['failed,partial', 'Failed'], ['success', 'Succeeded'],
    ['cancelled', 'Cancelled']]

/** The list. */
export function builds(query, { reload }) {
    let list = null
    let next
    let pages = 1
    const filter = { state: query.get('state') ?? '', owner: query.get('owner') ?? '', label: query.get('label') ?? '' }
    const go = change => {
        const words = new URLSearchParams(Object.entries({ ...filter, ...change }).filter(([, value]) => value))
        location.hash = `#/builds${words.size ? `?${words}` : ''}`
    }
    const field = name => h('label', {}, name[0].toUpperCase() + name.slice(1),
        h('input', { value: filter[name], onchange: event => go({ [name]: event.target.value.trim() }), spellcheck: 'false' }))
    const load = async signal => {
        const found = []
        next = undefined
        for (let page = 0; page < pages && (page === 0 || next); page++) {
            const answer = await get('/builds', { ...filter, limit: 100, cursor: next }, { signal })
            found.push(...answer.builds)
            next = answer.next
        }
        list = found
    }
    const more = () => {
        pages++
        reload()
    }
    return {
        load,
        isLoaded: () => list !== null,
        concerns: event => event.build !== undefined,
        title: () => 'Builds · bf',
        draw: () => list && h('div', {},
            h('div', { class: 'heading' }, h('h1', {}, 'Builds'),
                h('div', { class: 'choices', role: 'group', 'aria-label': 'State' },
                    choices.map(([state, name]) => h('button',
                    { type: 'button', 'aria-pressed': String(filter.state === state), onclick: () => go({ state }) }, name))),
                h('div', { class: 'fields' }, field('label'), field('owner'))),
            panel('All builds', h('span', {}, next ? `newest ${count(list.length)}` : plural(list.length, 'build')),
                list.length ? h('div', { class: 'rows' }, list.map(buildRow)) : empty('No build is like that.'),
                next && h('button', { class: 'more', onclick: more }, 'Show more'))),
    }
}
