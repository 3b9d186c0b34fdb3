extension BuiltInPipelines {
    /// Modules of Perl.
    static let perl = [
        "perl/make": #"""
        name: Configure a Perl module for the system
        needs:
          packages:
            - busybox
            - perl
        pipeline:
          - runs: |
              # Compiled parts must agree with perl itself on its layout.
              own=$(perl -MConfig -e 'print $Config{ccflags}')
              export CFLAGS="$CFLAGS $own" PERL_CFLAGS="$own"
              # Questions are answered with their defaults.
              export PERL_MM_USE_DEFAULT=1
              perl -I. Makefile.PL INSTALLDIRS=vendor
        """#,
        "perl/cleanup": #"""
        name: Remove what only an installation by hand needs
        needs:
          packages:
            - busybox
        pipeline:
          - runs: |
              find "${{targets.contextdir}}" '(' -name .packlist -o -name perllocal.pod ')' -exec rm -f {} +
        """#,
        "perl/dzil": #"""
        name: Make the release of a Perl module that has a dist.ini only
        needs:
          packages:
            - perl-dist-zilla
        pipeline:
          - name: Replace the plugins of dist.ini
            runs: |
              # Authors use plugins that are in no package and serve a release to the public; what builds needs few.
              VERSION="${{package.version}}" perl - <<'END_OF_PROGRAM'
              use strict;
              use warnings;
              open my $source, '<', 'dist.ini' or die "perl/dzil: dist.ini: $!\n";
              my (@head, @kept);
              my $place = \@head;
              while (my $line = <$source>) {
                  $place = $line =~ m{^\[(?:Encoding|Prereqs)\s*[/\]]} ? \@kept : [] if $line =~ /^\[/;
                  push @$place, $line;
              }
              close $source;
              @head = grep { !/^version\s*=/i && /\S/ } @head;
              my %missing = (
                  author => 'Unknown <unknown@localhost>', copyright_holder => 'the authors',
                  copyright_year => 1900 + (gmtime($ENV{SOURCE_DATE_EPOCH} || time))[5], license => 'Perl_5',
              );
              delete $missing{lc $_} for map { /^(\w+)\s*=/ } @head;
              push @head, map { "$_ = $missing{$_}\n" } sort keys %missing;
              my @plugins = qw(PruneCruft MetaYAML MakeMaker ExecDir ShareDir Manifest AutoPrereqs PkgVersion);
              open my $result, '>', 'dist.ini' or die "perl/dzil: dist.ini: $!\n";
              print $result @head, "version = $ENV{VERSION}\n\n[GatherDir]\nexclude_filename = Makefile.PL\n",
                  map({; "[$_]\n" } @plugins), @kept;
              close $result or die "perl/dzil: dist.ini: $!\n";
              END_OF_PROGRAM
          - name: Build the release and unpack it here
            runs: |
              # dzil asks who the user is unless it is told.
              mkdir -p "$HOME/.dzil"
              printf '[%%User]\nname = Unknown\nemail = unknown@localhost\n' > "$HOME/.dzil/config.ini"
              dzil build
              name=$(sed -n '/^name[[:space:]]*=/{s/^[^=]*=[[:space:]]*//;s/[[:space:]].*//;p;q;}' dist.ini)
              tar -x -z -f "$name-${{package.version}}.tar.gz" --strip-components=1
        """#,
    ]
}
