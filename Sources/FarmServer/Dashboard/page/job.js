// A job: why it waits or how it ended, its attempts, what went in, what came out, its log.
import { get, part, post } from './api.js'
import { announce, confirm, say } from './dialog.js'
import { h } from './dom.js'
import { download } from './files.js'
import { logView } from './log-view.js'
import { action, elapsed, empty, mark, nameOf, panel, stateOf, toBuild, toJob, toPackage, when } from './parts.js'
import { may } from './session.js'
import { plural, short, size, span } from './text.js'
import { fact } from './workers.js'

export function job(id, query, { redraw, reload }) {
    let record = null
    let attempts = []
    let chosen = null
    let detail = null
    let why = null
    let artifacts = []
    let phases = []
    let log = null

    const isLive = () => record.state === 'pending' || record.state === 'running'
    const attempt = () => attempts.find(attempt => attempt.id === chosen)

    async function load(signal) {
        const path = `/jobs/${part(id)}`
        const wasState = record?.state
        const fresh = await get(path, {}, { signal })
        const optional = promise => promise.catch(error => { if (error.status !== 404) throw error })
        const [list, reasons, results] = await Promise.all([
            get(`${path}/attempts`, {}, { signal }), fresh.state === 'pending' ? get(`${path}/why`, {}, { signal }) : null,
            fresh.state === 'success' ? optional(get(`${path}/artifacts`, {}, { signal })) : null,
        ])
        const hadNewest = chosen === null || chosen === attempts.at(-1)?.id
        record = fresh
        attempts = list.attempts
        why = reasons
        artifacts = results?.artifacts ?? []
        if (hadNewest && attempts.length) await choose(attempts.at(-1).id, signal)
        else if (chosen) await learn(signal)
        if (wasState && wasState !== fresh.state) announce(`${nameOf(fresh)}: ${stateOf(fresh)}.`)
    }

    async function choose(attemptID, signal) {
        const isNew = attemptID !== chosen
        chosen = attemptID
        await learn(signal)
        if (isNew) openLog()
    }

    /** Everything that is known of the attempt, and where its phases are in the log. */
    async function learn(signal) {
        const path = `/attempts/${part(chosen)}`
        const [all, places] = await Promise.all([get(path, {}, { signal }).catch(() => null),
            get(`${path}/phases`, {}, { signal }).catch(() => null)])
        detail = all
        phases = places?.phases ?? []
    }

    function openLog() {
        log?.close()
        const path = `/attempts/${part(chosen)}/log`
        log = logView({ path, isRunning: () => attempt()?.state === 'running', phases: () => phases,
            download: () => download(path, `${record.name.replaceAll('/', '_')}.log`, 'Raw') })
    }

    const act = (verb, done) => post(`/jobs/${part(id)}/${verb}`).then(() => (say(done), reload()), error => say(error.message, 'bad'))
    const canCancel = () => record && isLive() && !record.cancelling && may('submit')
    const canRetry = () => record && ['failed', 'cancelled', 'skipped'].includes(record.state) && may('submit')
    const cancel = async () => canCancel() && (await confirm('Cancel this job?',
        `${nameOf(record)} will not be finished, and what needs it will not be built.`, 'Cancel the job')) && act('cancel',
        'The job is being cancelled.')
    const retry = async () => canRetry() && act('retry', 'It is tried again.')

    const heading = () => h('div', { class: 'heading' },
        h('h1', {}, mark(stateOf(record), 20),
            h('a', { href: toPackage(record.name), title: 'All its builds' }, nameOf(record)),
            record.version && h('small', {}, record.version), h('small', {}, record.arch)),
        h('div', { class: 'buttons' }, canRetry() && action('Retry', { key: 'retry', title: 'r' }, retry),
            canCancel() && action('Cancel', { key: 'cancel', class: 'danger', title: 'c' }, cancel)))

    const outcome = () => record.state === 'failed'
        ? h('div', { class: 'notice bad' }, h('b', {}, `Failed (${record.class?.replace('_', ' ')}): `), record.message,
            record.remembered_until && [' It is remembered, and not tried again until ', when(record.remembered_until), '.'])
        : record.state === 'skipped'
          ? h('div', { class: 'notice' }, 'Not built: ', record.message ?? 'a job it needs did not succeed', '. ',
              record.root && h('a', { href: toJob(record.root) }, 'To what failed first'))
          : record.message && record.state !== 'success' && h('div', { class: 'notice' }, record.message)

    const reasons = () => why?.code && panel('Why it waits', h('code', {}, why.code),
        h('p', { class: 'reason' }, sentence(why.reason)),
        why.facts?.needs && h('ul', { class: 'needs' },
            why.facts.needs.map(need => h('li', { key: need.id },
            h('a', { href: toJob(need.id), 'data-row': '' }, need.state && mark(need.state, 14), need.name))),
            why.facts.count > why.facts.needs.length && h('li', {}, `and ${why.facts.count - why.facts.needs.length} more`)),
        why.also?.map(other => h('p', { key: other.code, class: 'reason' }, sentence(`also, ${other.reason}`))),
        why.next && h('p', { class: 'hint' }, 'Next: ', h('code', {}, why.next)))

    const sentence = text => text && `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`

    const facts = () => h('dl', { class: 'facts panel' },
        fact('Build', h('a', { href: toBuild(record.build) }, h('code', {}, record.build))),
        fact('Job', h('code', {}, record.id)), fact('Took', record.state === 'skipped' ? null : elapsed(record)),
        fact('Started', when(record.started)), fact('Ended', when(record.ended)), record.due && fact('Due', when(record.due)),
        record.same_as && fact('Same as', h('a', { href: toJob(record.same_as) }, record.same_as)),
        record.verified && fact('Verified', record.verified))

    const tabs = () => attempts.length > 1 && h('div', { class: 'choices', role: 'group', 'aria-label': 'Attempts' },
        attempts.map(attempt =>
        h('button', { key: attempt.id, type: 'button', 'aria-pressed': String(attempt.id === chosen),
            onclick: () => choose(attempt.id).then(redraw) }, mark(attempt.state, 14), `Attempt ${attempt.number}`)))

    function attemptPanel() {
        const shown = detail ?? attempt()
        if (!shown) return null
        const usage = shown.facts?.usage
        return panel('Attempt', tabs() || h('span', {}, `${shown.number}`),
            timeline(shown),
            h('dl', { class: 'facts' }, fact('Where', shown.host ?? shown.runner), fact('Backend', shown.backend), fact('Isolation', shown.isolation),
                fact('Took', elapsed(shown)), fact('Exit code', shown.exit_code), fact('Signal', shown.signal),
                fact('Memory', usage?.peak_memory_bytes && size(usage.peak_memory_bytes)),
                fact('Written', usage?.written_bytes && size(usage.written_bytes)), fact('Asked by', shown.requester?.user),
                fact('Reason', shown.reason?.code?.replaceAll('_', ' '))),
            shown.state !== record.state && shown.message && h('p', { class: 'reason' }, shown.message))
    }

    /** The phases as a line of time. */
    function timeline(shown) {
        const ran = (shown.facts?.phases ?? []).filter(phase => phase.duration_ms !== undefined)
        if (!ran.length) return null
        const whole = Math.max(1, ...ran.map(phase => phase.start_ms + phase.duration_ms))
        return h('ol', { class: 'timeline' }, ran.map(phase => {
            const state = phase.class ? 'failed' : 'success'
            return h('li', { key: phase.name }, mark(state, 14), h('span', {}, phase.name),
                h('span', { class: `gauge ${state}` },
                h('i', { style: { 'margin-left': `${(100 * phase.start_ms) / whole}%`,
                width: `${Math.max(0.6, (100 * phase.duration_ms) / whole)}%` } })), h('b', {}, span(phase.duration_ms)))
        }))
    }

    function inputs() {
        const given = detail?.inputs
        const digest = text => h('code', { title: text }, short(text))
        const list = given && [
            ['plan', digest(given.plan)], given.environment && ['environment', h('code', {}, given.environment)],
            ...(given.sources ?? []).map((source, index) => [`source ${index + 1}`,
            h('code', { title: source }, source.length > 40 ? short(source) : source)]),
            ...(given.needs ?? []).map(([name, tree]) => [name, digest(tree)]),
        ]
        return list && h('details', { class: 'panel' },
            h('summary', {}, h('h2', {}, 'Inputs'), h('span', {}, plural(list.filter(Boolean).length, 'digest'))),
            h('dl', { class: 'facts wide' }, list.filter(Boolean).map(([name, value]) => fact(name, value))))
    }

    const results = () => record.state === 'success' && panel('Artifacts',
        artifacts.length > 0 && download(`/jobs/${part(id)}/artifacts.tar`, `${record.name.replaceAll('/', '_')}.tar`, 'All as tar'),
        artifacts.length ? h('ul', { class: 'artifacts' },
            artifacts.map(artifact => h('li', { key: artifact.digest + (artifact.path ?? '') },
            artifact.path ? download(`/jobs/${part(id)}/files/${artifact.path.split('/').map(part).join('/')}`,
            artifact.path.split('/').at(-1), artifact.path) : h('span', {}, artifact.type),
            h('small', {}, size(artifact.bytes)), h('code', { title: artifact.digest }, short(artifact.digest)))))
            : empty('It made no files.'))

    return {
        load,
        isLoaded: () => record !== null,
        concerns: event => event.job === record?.id || (record?.state === 'pending' && event.build === record.build
            && event.event === 'job.ended'),
        state: () => record && stateOf(record),
        title: () => (record ? `${stateOf(record)} · ${nameOf(record)} · bf` : 'bf'),
        up: () => (record ? toBuild(record.build) : '#/builds'),
        keys: () => ({ c: cancel, r: retry, ...log?.keys() }),
        find: () => log?.find(),
        close: () => log?.close(),
        draw: () => record && h('div', { key: id },
            h('nav', { class: 'crumbs', 'aria-label': 'Where this is' },
            h('a', { href: toBuild(record.build) }, '← build ', h('code', {}, record.build))),
            heading(), outcome(), reasons(),
            h('div', { class: 'columns even' }, h('div', {}, facts(), results(), inputs()), h('div', {}, attemptPanel())), log?.element,
            !attempts.length && record.state === 'success' && h('p', { class: 'notice' },
                'It was unchanged: nothing ran, and the result is that of an earlier job.')),
    }
}
