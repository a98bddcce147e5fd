namespace EdgeVoice.Sound;

/// <summary>Levels over a stretch of time.</summary>
/// <param name="Seconds">Sound heard so far, in seconds.</param>
/// <param name="RmsDb">Root mean square in dBFS.</param>
/// <param name="PeakDb">Largest magnitude in dBFS.</param>
/// <param name="FloorDb">Level of the quietest tenth of a second among the last ten seconds, in dBFS: the room's noise.</param>
/// <param name="ClippedSamples">Samples at full scale, three or more in a row, so far.</param>
internal readonly record struct LevelReading(double Seconds, double RmsDb, double PeakDb, double FloorDb, long ClippedSamples);
