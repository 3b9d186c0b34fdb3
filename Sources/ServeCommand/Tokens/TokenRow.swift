internal import FarmModel
internal import ToolKit

/// A key as a row.
struct TokenRow: Displayable {
    static let columns = [
        Column("ID"), Column("NAME", shrinks: true), Column("ROLE"), Column("OWNER", shrinks: true), Column("STATE"), Column("CREATED"),
        Column("EXPIRES"), Column("LAST USED"),
    ]

    let json: JSONObject
    let cells: [Cell]

    init(_ token: TokenRecord, now: Int64) {
        json = token.json
        let state =
            switch token.validity(at: now) {
            case .valid: "valid"
            case .expired: "expired"
            case .revoked: "revoked"
            }
        cells = [
            Cell(token.id.description), Cell(token.name), Cell(token.role.rawValue), Cell(token.owner), Cell(state),
            .time(token.createdMilliseconds), .time(token.expiresMilliseconds), .time(token.lastUsedMilliseconds),
        ]
    }
}
