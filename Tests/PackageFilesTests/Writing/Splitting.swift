/// Python that takes a file of gzip members apart: `members`, the raw bytes of each, and `archive(n)`, an open TarFile of the nth.
let splitting = """
    import sys, zlib, io, tarfile, hashlib
    def split(name):
        data, members, raws = open(name, "rb").read(), [], []
        while data:
            z = zlib.decompressobj(31)
            members.append(z.decompress(data))
            assert z.eof
            raws.append(data[:len(data) - len(z.unused_data)])
            data = z.unused_data
        return members, raws
    """
