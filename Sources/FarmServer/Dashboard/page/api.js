// The farm behind HTTP: requests with the key, and what goes wrong as one kind of error.
export const base = '/api/v1/native'

/** What the server refused, or that it could not be reached (status 0). */
class Problem extends Error {
    constructor(status, detail, code) {
        super(detail)
        this.status = status
        this.code = code
    }
}

const storage = 'bf.key'
const watchers = new Set()

/** The key of this tab; the browser forgets it with the tab. */
export const key = () => sessionStorage.getItem(storage)

export function setKey(text) {
    text ? sessionStorage.setItem(storage, text) : sessionStorage.removeItem(storage)
}

/** Told when the server wants a key, or another one. */
export const onKeyWanted = watcher => watchers.add(watcher)

/** fetch() with the key. Statuses of errors are thrown. */
export async function request(path, options = {}) {
    const headers = { ...options.headers }
    if (key()) headers.Authorization = `Bearer ${key()}`
    let answer
    try {
        answer = await fetch(base + path, { ...options, headers, credentials: 'omit' })
    } catch (error) {
        if (error.name === 'AbortError') throw error
        throw new Problem(0, 'The server cannot be reached.', 'offline')
    }
    if (answer.ok) return answer
    const problem = await answer.json().catch(() => ({}))
    if (answer.status === 401) for (const watcher of watchers) watcher()
    throw new Problem(answer.status, problem.detail ?? `The server answered ${answer.status}.`, problem.code)
}

/** The JSON at a path. */
export async function get(path, query = {}, options) {
    const words = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''))
    return (await request(path + (words.size ? `?${words}` : ''), options)).json()
}

/** All pages of a list, up to a number of records. */
export async function all(path, name, limit = 5000) {
    const records = []
    let cursor
    do {
        const page = await get(path, { limit: 1000, cursor })
        records.push(...page[name])
        cursor = page.next
    } while (cursor && records.length < limit)
    return records
}

export const post = path => request(path, { method: 'POST' })

/** A part of a path. */
export const part = text => encodeURIComponent(text)
