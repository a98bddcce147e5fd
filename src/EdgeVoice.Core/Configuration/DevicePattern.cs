namespace EdgeVoice.Core.Configuration;

/// <summary>Names of devices with wildcards: <c>*</c> is any text, also none, <c>?</c> is one character.</summary>
internal static class DevicePattern
{
    /// <summary>True where a name has a wildcard.</summary>
    public static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');

    /// <summary>How many characters of a pattern are no wildcards.</summary>
    public static int Letters(string pattern) => pattern.Length - pattern.AsSpan().Count('*') - pattern.AsSpan().Count('?');

    /// <summary>True where <paramref name="id"/> fits the pattern; small and capital letters count. Never takes longer than the product of both lengths.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> id)
    {
        var (p, i, star, from) = (0, 0, -1, 0);
        while (i < id.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, from) = (p++, i);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == id[i]))
            {
                p++;
                i++;
            }
            else if (star >= 0)
            {
                (p, i) = (star + 1, ++from);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
